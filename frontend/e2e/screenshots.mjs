/** Pictures of the pages for looking at: node e2e/screenshots.mjs [folder]; the server is BASE_URL. */
import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";

const base = process.env.BASE_URL ?? "http://127.0.0.1:4100";
const folder = process.argv[2] ?? "e2e/screenshots";
const questions = (process.env.ASK ?? "").split("|").filter(Boolean);
const pages = (process.env.PAGES ?? "/,/chat/,/products/,/orders/,/complaints/,/staff/").split(",");

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [width, height] of [
  [390, 844],
  [1440, 900],
]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.log("page error:", error.message));
    page.on("console", (message) => message.type() === "error" && console.log("console:", message.text()));
    const shoot = (name, fullPage = false) =>
      page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage });
    for (const path of pages) {
      await page.goto(base + path, { waitUntil: "networkidle" });
      await shoot(path.replace(/[^a-z]+/gi, "_") || "_", path === "/");
    }
    if (questions.length > 0) await page.goto(`${base}/chat/`);
    for (const [index, question] of questions.entries()) {
      await page.getByLabel("Your message").fill(question);
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Stop answering" }).waitFor({ state: "detached" });
      await page.waitForTimeout(250);
      await shoot(`ask${index}`);
    }
    await context.close();
  }
}
await browser.close();
