/** The four pictures of the README, from the running product: BASE_URL=… STAFF_TOKEN=… node e2e/readme.mjs [folder]. */
import { mkdir, stat } from "node:fs/promises";
import { chromium } from "@playwright/test";

const { BASE_URL: base = "http://127.0.0.1:8000", STAFF_TOKEN: token = "" } = process.env;
const { CHROMIUM: executablePath = "/usr/bin/chromium" } = process.env;
const folder = process.argv[2] ?? "pictures";
/** All four together. */
const MOST_KB = 500;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({
  viewport: { width: 1440, height: 860 },
  colorScheme: "light",
  reducedMotion: "reduce",
});
const page = await context.newPage();
let kilobytes = 0;

async function shoot(name) {
  await page.waitForLoadState("load");
  await page.waitForTimeout(900); // what is fetched and fades in has come
  const path = `${folder}/${name}.jpg`;
  await page.screenshot({ path, type: "jpeg", quality: 76 });
  kilobytes += (await stat(path)).size / 1024;
}

async function ask(text) {
  await page.getByLabel("Your message").fill(text);
  await page.keyboard.press("Enter");
  await page.locator("[data-question]").filter({ hasText: text }).waitFor();
  await page.getByRole("button", { name: "Stop answering" }).waitFor({ state: "hidden" });
}

await mkdir(folder, { recursive: true });
await page.goto(`${base}/chat/`);
await ask("Show me laptops under $1500");
await ask("What's the battery life of the X1?");
await shoot("chat");

await page.goto(`${base}/products/?compare=P-1001,P-1002,P-1004`);
await page.getByRole("table").waitFor();
await shoot("compare");

// A shopper who wants a person gives the desk something to do.
await page.goto(`${base}/chat/`);
await ask("Where is ORD-1002? sarah.johnson@example.com");
await ask("I want to talk to a person");
await page.evaluate(
  (access_token) =>
    localStorage.setItem("support.staff", JSON.stringify({ access_token, refresh_token: "" })),
  token,
);
await page.goto(`${base}/staff/`);
const rows = page.getByRole("list", { name: "Inbox" }).getByRole("listitem");
await rows.first().waitFor();
await shoot("inbox");
await rows
  .filter({ hasText: /laptops|ORD-1002/ })
  .first()
  .getByRole("link")
  .first()
  .click();
await page.getByRole("heading").first().waitFor();
await page.waitForTimeout(1500);
await shoot("case");

await browser.close();
console.log(`${folder}: four pictures, ${kilobytes.toFixed(0)} KB`);
if (kilobytes > MOST_KB) {
  console.error(`They are over ${MOST_KB} KB.`);
  process.exitCode = 1;
}
