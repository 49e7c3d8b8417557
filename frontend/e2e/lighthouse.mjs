/** Prints Lighthouse's mobile scores of the main pages, the median of several runs, each in a fresh browser.
 *
 * BASE_URL names a running product and STAFF_TOKEN (make token ROLE=admin) opens the desk. Lighthouse is no part of
 * the product: `npm install --no-save lighthouse@12.8.2` puts it here. RUNS=5 node e2e/lighthouse.mjs /chat/ …
 */
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const { BASE_URL = "http://localhost:8000", STAFF_TOKEN, CHROMIUM = "/usr/bin/chromium" } = process.env;
const RUNS = Number(process.env.RUNS ?? 3);
const PAGES = ["/chat/", "/products/", "/staff/", "/staff/case/?complaint=CMP-101", "/staff/numbers/"];
/** What each page is to reach. */
const wanted = (path) => ({
  performance: path.startsWith("/staff") ? 0.9 : 0.95,
  accessibility: 1,
  shift: 0.05,
});
const SIGNED_IN = JSON.stringify({ access_token: STAFF_TOKEN, refresh_token: "" });

const middle = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

async function measure(path) {
  const userDataDir = await mkdtemp(join(tmpdir(), "lighthouse-"));
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], userDataDir });
  const page = await browser.newPage();
  if (STAFF_TOKEN && path.startsWith("/staff"))
    await page.evaluateOnNewDocument((tokens) => localStorage.setItem("support.staff", tokens), SIGNED_IN);
  const options = {
    logLevel: "error",
    onlyCategories: ["performance", "accessibility"],
    disableStorageReset: true,
  };
  const { lhr } = await lighthouse(BASE_URL + path, options, undefined, page);
  await browser.close();
  await rm(userDataDir, { recursive: true, force: true });
  const { performance, accessibility } = lhr.categories;
  const of = (name) => lhr.audits[name].numericValue;
  return {
    performance: performance.score,
    accessibility: accessibility.score,
    shift: of("cumulative-layout-shift"),
    lcp: of("largest-contentful-paint"),
    blocked: of("total-blocking-time"),
  };
}

for (const path of process.argv.length > 2 ? process.argv.slice(2) : PAGES) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(path));
  const median = Object.fromEntries(
    Object.keys(runs[0]).map((name) => [name, middle(runs.map((one) => one[name]))]),
  );
  const least = wanted(path);
  const missed = ["performance", "accessibility"].filter((name) => median[name] < least[name]);
  if (median.shift >= least.shift) missed.push("layout shift");
  if (missed.length > 0) process.exitCode = 1;
  console.log(
    `${path}: performance ${median.performance} (${runs.map(({ performance }) => performance).join(", ")}),`,
    `accessibility ${median.accessibility}, layout shift ${median.shift.toFixed(3)},`,
    `largest paint ${median.lcp.toFixed(0)} ms, blocked ${median.blocked.toFixed(0)} ms, load ${loadavg()[0].toFixed(1)}`,
    missed.length > 0 ? `MISSED: ${missed.join(", ")}` : "",
  );
}
