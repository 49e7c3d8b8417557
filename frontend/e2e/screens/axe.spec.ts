import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { Chat } from "../chat";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

async function expectSound(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(400); // colours are measured after things have faded in
  expect(await violations(page)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 } });

      for (const path of [
        "/",
        "/chat/",
        "/products/",
        "/products/?id=S-1",
        "/orders/",
        "/track/",
        "/signin/",
        "/products/?compare=S-1,S-2",
        "/complaints/",
        "/complaints/?order=ORD-9001",
        "/knowledge/?document=doc-1&passage=p-1",
        "/staff/",
        "/embed/",
        "/nowhere/",
      ]) {
        test(`${path} is accessible and fits`, async ({ page }) => {
          await page.goto(path);
          await expectSound(page);
        });
      }

      test("a conversation with every card is accessible and fits", async ({ page }) => {
        const chat = await Chat.open(page);
        for (const message of [
          "products",
          "compare",
          "single",
          "fits",
          "battery",
          "order",
          "mine",
          "parcel",
          "money",
          "complaint",
          "file",
          "person",
          "degraded",
          "identify",
        ]) {
          await chat.ask(message);
        }
        await expectSound(page);
        await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
        await expectSound(page);
      });
    });
  }
}
