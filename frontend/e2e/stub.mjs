/** A stand-in server for tests of the screens alone: the exported site and scripted replies. Port: first argument. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { COMPLAINT, ORDER, PENDING, PRODUCTS, REPLIES } from "./stubbed/replies.mjs";
import { answerStaff, listen } from "./stubbed/staff.mjs";

const OUT = fileURLToPath(new URL("../out", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain",
};
/** How far a test has let something go that waits for it: a message, or the desk in a session. */
const goes = new Map();
const waiting = new Set();

function letGo(name) {
  goes.set(name, (goes.get(name) ?? 0) + 1);
  for (const look of waiting) look();
}

/** Waits until the test has let `name` go so many times, or whoever listens has gone. */
function gate(name, times, response) {
  return new Promise((resolve) => {
    const look = () => {
      if ((goes.get(name) ?? 0) < times && !response.destroyed) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    response.on("close", look);
    look();
  });
}
const json = (response, body, status = 200) => {
  response.writeHead(status, {
    "content-type": status < 400 ? "application/json" : "application/problem+json",
  });
  response.end(JSON.stringify(body));
};
const refuse = (response, status, code, detail) =>
  json(response, { title: code, status, code, detail }, status);

function replyTo({ message = "", decision, session_id }) {
  const found = Object.entries(REPLIES).find(([word]) => message.toLowerCase().includes(word))?.[1];
  const decided = decision && {
    response: decision.accept ? "Done: CMP-901." : "Nothing was filed.",
    cards: decision.accept ? [COMPLAINT] : [],
  };
  return {
    session_id: session_id ?? "stub-session",
    message_id: crypto.randomUUID(),
    response: `The stub heard: ${message}`,
    intent: "general",
    intents: ["general"],
    confidence: 1,
    sources: [],
    cards: [],
    pending_action: null,
    suggestions: ["Show me products", "compare them"],
    degraded: [],
    handoff: null,
    superseded: false,
    ...(decided ?? found),
  };
}

/** What the desk has written in a session; it has it once the test lets it, and has left it after the second time. */
const DESK = { id: "staff-1", role: "staff", text: "Rosa here, I am looking into it.", staff_name: "Rosa" };
const asked = new Map();

function current(session, url) {
  const at = asked.get(session);
  const times = goes.get(session) ?? 0;
  const active = at !== undefined && times > 0;
  const said = active && url.searchParams.get("after") !== DESK.id ? [{ ...DESK, at }] : [];
  const state = {
    state: active ? "active" : "waiting",
    expected_at: null,
    staff_name: active ? "Rosa" : null,
  };
  return {
    conversation_id: "c-1",
    session_id: session,
    messages: said,
    handoff: at === undefined || times > 1 ? null : state,
  };
}

/** "Steps" is said one half at a time, as the test lets it; "break" breaks off at the test's word, once or always. */
async function stream(body, response) {
  const { message = "" } = body;
  const session = body.session_id ?? "";
  if (message.includes("refuse"))
    return refuse(response, 422, "invalid_input", "The stub does not take that message.");
  response.writeHead(200, { "content-type": "text/event-stream" });
  const part = (value) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  const say = (delta) => part({ type: "text-delta", id: "t", delta });
  part({ type: "start" });
  part({ type: "data-progress", data: { step: "search", label: "Looking in the manual…" }, transient: true });
  if (message.includes("break always") || (message.includes("break once") && !goes.has(message))) {
    say("This will break");
    if (message.includes("once")) await gate(message, 1, response);
    return response.socket?.end(); // what was said arrives, its end does not
  }
  const reply = replyTo(body);
  const words = reply.response.match(/\s*\S+/g) ?? [];
  const half = message.includes("steps") ? words.length >> 1 : 0;
  if (half) await gate(message, 1, response);
  words.slice(0, half).forEach(say);
  if (half) await gate(message, 2, response);
  words.slice(half).forEach(say);
  if (message.includes("person")) asked.set(session, new Date().toISOString());
  response.write(": ping\n\n");
  part({ type: "text-end", id: "t" });
  part({ type: "data-reply", data: reply });
  part({ type: "finish" });
  response.end("data: [DONE]\n\n");
}

const DOCUMENT = {
  id: "doc-1",
  title: "Stub Laptop 14 manual",
  kind: "manual",
  product_id: "S-1",
  passages: Array.from({ length: 12 }, (_, n) => ({
    id: `p-${n === 9 ? 1 : n + 20}`,
    section: n === 9 ? "Battery" : `Section ${n + 1}`,
    path: ["Manual"],
    page: n + 1,
    text: n === 9 ? "A full charge lasts 11 hours of office work." : "Words of a manual. ".repeat(40),
  })),
};

const value = (text, count, low = null, high = null) => ({ value: text, count, low, high });
const FACETS = [
  { name: "brand", label: "Brand", unit: null, values: [value("Northwind", 9)] },
  { name: "price", label: "Price", unit: null, values: [value("0-50000", 6, 0, 50_000)] },
  { name: "screen_inches", label: "Screen", unit: "in", values: [value("14", 1), value("16", 1)] },
];
const COMPARISON = {
  products: PRODUCTS.slice(0, 2),
  rows: [{ name: "rating", label: "Rating", values: ["4.4 of 5", "4.8 of 5"], differs: true, best: 1 }],
};
const SHOP = {
  slug: "stub",
  name: "TechPro Electronics",
  currency: "USD",
  contact_email: "help@example.com",
  cancel_reasons: ["no longer needed", "ordered by mistake"],
  return_reasons: ["changed my mind", "defective"],
  return_window_days: 30,
  greeting: "",
  suggestions: [],
  categories: ["Laptops", "Phones"],
  multilingual: false,
  sends_mail: false,
  desk_open: true,
  opens_at: null,
};
const allowed = { allowed: true, rule: "ok", reason: "", days_left: 3, amount_cents: 100, fee_cents: 0 };
const REFUNDS = {
  order_id: "ORD-9001",
  refunds: [],
  eligibility: allowed,
  lines: { 1: allowed, 2: { ...allowed, allowed: false, reason: "It was opened and cannot come back." } },
  asks_opened: false,
};

function products(url) {
  const q = (url.searchParams.get("q") ?? "").toLowerCase();
  const category = url.searchParams.get("category");
  const inStock = url.searchParams.get("in_stock");
  const big = url.searchParams.getAll("spec").includes("screen_inches:16");
  const results = PRODUCTS.filter(
    (p) =>
      p.name.toLowerCase().includes(q) &&
      (!category || p.category === category) &&
      (!inStock || p.in_stock) &&
      (!big || p.name.includes("16")),
  );
  const categories = {};
  for (const { category: name } of PRODUCTS) categories[name] = (categories[name] ?? 0) + 1;
  return { results, total: results.length, page: 1, page_size: 24, categories, facets: FACETS };
}

const detail = (product) => ({
  ...product,
  model: "ST-14",
  description: "Something that only exists in tests.",
  specs: [{ name: "memory_gb", label: "Memory", text: "16 GB" }],
  variants: [],
});

async function api(request, url, body, response) {
  const { pathname } = url;
  if (pathname === "/api/staff/events") return listen(response);
  const staff = answerStaff(request, url, body);
  if (staff) return json(response, staff[1], staff[0]);
  const proved = request.headers["x-session"] === "proved-session";
  if (pathname === "/api/chat/stream") return stream(body, response);
  if (pathname === "/api/conversations/current")
    return json(response, current(request.headers["x-session"], url));
  if (pathname === "/api/feedback" || pathname.endsWith("/satisfaction")) return json(response, body, 201);
  if (pathname === "/api/go") return json(response, letGo(body.name) ?? {});
  if (pathname === "/api/products") return json(response, products(url));
  if (pathname === "/api/shop") return json(response, SHOP);
  if (pathname === "/api/products/compare") return json(response, COMPARISON);
  if (/\/(compatible|similar)$/.test(pathname))
    return json(response, { results: [{ product: PRODUCTS[3], reason: "Both speak Bluetooth." }] });
  if (pathname.startsWith("/api/products/")) {
    const product = PRODUCTS.find(({ id }) => pathname.endsWith(`/${id}`));
    return product
      ? json(response, detail(product))
      : refuse(response, 404, "not_found", "There is no such product.");
  }
  if (pathname === "/api/auth/guest") {
    if (body.email !== "pat@example.com")
      return refuse(response, 404, "not_found", "Order and e-mail do not belong together.");
    return json(response, { session_id: "proved-session" });
  }
  if (pathname === "/api/orders")
    return proved
      ? json(response, { results: [ORDER] })
      : refuse(response, 401, "identity_needed", "Who are you?");
  if (pathname === "/api/complaints" && request.method === "GET")
    return proved
      ? json(response, { results: [COMPLAINT] })
      : refuse(response, 401, "identity_needed", "Who are you?");
  if (pathname === "/api/delivery/ORD-9001" && proved)
    return json(response, { order_id: "ORD-9001", status: "shipped", deliveries: ORDER.deliveries });
  if (pathname === "/api/refunds/ORD-9001") return json(response, REFUNDS);
  if (pathname === "/api/actions") return json(response, { ...PENDING, id: JSON.stringify(body) }, 202);
  if (pathname.endsWith("/confirm"))
    return json(response, {
      tool: "return_items",
      text: `Done once: ${decodeURIComponent(pathname.split("/")[3])}`,
      facts: [],
      order_id: null,
      ids: { complaint: "CMP-901" },
      card: null,
      handoff: null,
    });
  if (pathname.endsWith("/attachments")) return json(response, { results: [] });
  if (pathname === "/api/orders/ORD-9001")
    return proved ? json(response, ORDER) : refuse(response, 401, "identity_needed", "Who are you?");
  if (pathname === "/api/complaints/CMP-901")
    return proved ? json(response, COMPLAINT) : refuse(response, 401, "identity_needed", "Who are you?");
  if (pathname === "/api/knowledge/documents/doc-1") return json(response, DOCUMENT);
  return refuse(response, 404, "not_found", "The stub does not know this address.");
}

/** A shop that does not list the site which frames its chat. */
const CLOSED = "closed";

async function file(pathname, response) {
  const path = normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname).replace(
    /^(\.\.[/\\])+/,
    "",
  );
  try {
    const content = await readFile(join(OUT, path));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(content);
  } catch {
    response.writeHead(404, { "content-type": "text/html" });
    response.end(await readFile(join(OUT, "404.html")));
  }
}

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://stub");
  if (url.pathname.startsWith("/api/")) await api(request, url, await bodyOf(request), response);
  else {
    if (url.searchParams.get("tenant") === CLOSED)
      response.setHeader("content-security-policy", "frame-ancestors 'self'");
    await file(url.pathname, response);
  }
});
server.listen(Number(process.argv[2] ?? 4100), "127.0.0.1", () =>
  console.log(`stub on ${server.address().port}`),
);
