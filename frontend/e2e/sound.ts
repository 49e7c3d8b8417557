/** What every page must be: free of axe violations, and no wider than the screen. */
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Colours are measured once the page is alive, nothing is awaited and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !("early" in window));
  await expect(page.locator(".animate-breathe:visible")).toHaveCount(0);
  const moving = () => document.getAnimations().filter(({ playState }) => playState === "running").length;
  await expect.poll(() => page.evaluate(moving), "animations that run").toBe(0);
}

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

export async function expectSound(page: Page): Promise<void> {
  await settled(page);
  expect(await violations(page), page.url()).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, page.url()).toBe(0);
}
