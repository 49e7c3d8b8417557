/** Each page of the shop, and each thing the chat can show: no axe violation, nothing wider than the screen. */
import { expect, test } from "@playwright/test";
import { Chat } from "../chat";
import { expectSound } from "../sound";

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
          await page.goto(path, { waitUntil: "networkidle" });
          await expectSound(page);
        });
      }

      test("a conversation with every card is accessible and fits", async ({ page }) => {
        test.slow();
        await page.setViewportSize({ width, height: 12_000 }); // all of it is in view, so all of it is in the page
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

test("who wants no motion sees none", async ({ page }) => {
  const longest = () =>
    Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime)));
  await page.goto("/");
  await page.evaluate(() =>
    document.body.insertAdjacentHTML(
      "beforeend",
      '<p class="animate-breathe">…</p><p class="animate-rise">…</p>',
    ),
  );
  expect(await page.evaluate(longest)).toBe(Number.POSITIVE_INFINITY);
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await page.evaluate(longest)).toBeLessThan(1);
});
