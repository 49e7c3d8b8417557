/** Prints the JavaScript each exported page loads, gzipped; fails when the chat page or the widget is over its budget. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const OUT = fileURLToPath(new URL("./out", import.meta.url));
const CHAT_BUDGET_KB = 220;
const WIDGET_BUDGET_KB = 3;
const PAGES = [
  "",
  "chat/",
  "products/",
  "orders/",
  "complaints/",
  "knowledge/",
  "staff/",
  "staff/case/",
  "embed/",
];

/** Scripts for browsers without modules are not loaded by any browser this site supports. */
function scriptsOf(page) {
  const html = readFileSync(`${OUT}/${page}index.html`, "utf8");
  const tags = html.match(/<script[^>]*\bsrc="[^"]+"[^>]*>/g) ?? [];
  return new Set(tags.filter((tag) => !/nomodule/i.test(tag)).map((tag) => tag.match(/src="([^"?]+)/)?.[1]));
}

const kilobytes = (page) => {
  const sizes = [...scriptsOf(page)].map((path) => gzipSync(readFileSync(OUT + path)).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
};

for (const page of PAGES) console.log(`/${page}`.padEnd(14), `${kilobytes(page).toFixed(0)} KB`.padStart(7));
const widget = gzipSync(readFileSync(`${OUT}/widget.js`)).length / 1024;
console.log("/widget.js".padEnd(14), `${widget.toFixed(1)} KB`.padStart(7));
if (widget > WIDGET_BUDGET_KB) {
  console.error(`The widget's loader is over ${WIDGET_BUDGET_KB} KB.`);
  process.exitCode = 1;
}
if (kilobytes("chat/") > CHAT_BUDGET_KB) {
  console.error(`The chat page is over ${CHAT_BUDGET_KB} KB.`);
  process.exitCode = 1;
}
