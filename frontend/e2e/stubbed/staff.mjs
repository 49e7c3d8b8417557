/** The desk's side of the stand-in server: 5,000 cases, one case with everything in it, and what changes them. */
import { COMPLAINT, ORDER } from "./replies.mjs";

const HOUR = 3_600_000;
const PAGE = 200;
const MANY = 5_000;

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** A token as the desk reads it; nothing here checks a signature. */
const tokenOf = (role, name) => `h.${encoded({ subject: "ida", role, tenant: "stub", name })}.s`;

const at = (hours) => new Date(Date.now() + hours * HOUR).toISOString();
const pick = (list, n) => list[n % list.length];

const item = (n) => ({
  kind: n === 0 ? "conversation" : pick(["complaint", "conversation", "enquiry"], n),
  id: n === 0 ? "C-1" : `I-${n}`,
  title: n === 0 ? "Where is my order?" : `Matter number ${n}`,
  status: pick(["open", "in_progress", "waiting_for_customer"], n),
  state: "open",
  priority: pick(["normal", "high", "urgent", "low"], n),
  assignee: n % 2 ? "ida" : null,
  assignee_name: n % 2 ? "Ida Berg" : null,
  tags: n % 5 ? [] : ["vip"],
  channel: "chat",
  customer_id: "CU-1",
  customer_name: "Pat Doe",
  customer_email: "pat@example.com",
  order_id: "ORD-9001",
  due_at: at((n % 7) - 2),
  breached: n % 7 < 2,
  created_at: at(-48),
  updated_at: at(-n / 60),
});

/** What each signed-in person changed, by token, so that tests do not meet each other. */
const changed = new Map();
const changesOf = (token) => changed.get(token) ?? changed.set(token, new Map()).get(token);

function inbox(url, token) {
  const begin = Number(url.searchParams.get("cursor") || 0);
  const text = (url.searchParams.get("q") ?? "").toLowerCase();
  const statuses = url.searchParams.getAll("status");
  const fits = ({ title, status }) =>
    title.toLowerCase().includes(text) && (statuses.length === 0 || statuses.includes(status));
  const changes = changesOf(token);
  const all = Array.from({ length: MANY }, (_, n) => item(n))
    .map((one) => ({ ...one, ...changes.get(one.id) }))
    .filter(fits);
  const results = all.slice(begin, begin + PAGE);
  return { results, next_cursor: begin + PAGE < all.length ? String(begin + PAGE) : null };
}

function bulk({ items, ...change }, token) {
  for (const { id } of items) changesOf(token).set(id, { ...changesOf(token).get(id), ...change });
  return { results: items.map(({ kind, id }) => ({ kind, id, done: true, error: null })) };
}

const TRACE = {
  intents: ["delivery"],
  confidence: 0.93,
  path: "local",
  sub_action: "none",
  language: "en",
  mood: "calm",
  requests: [
    {
      text: "Where is my order?",
      standalone: "Where is order ORD-9001?",
      act: "delivery_track",
      confidence: 0.93,
      entities: { order_ids: ["ORD-9001"] },
    },
  ],
  found: [true],
  sources: ["p-1"],
  pending: null,
  degraded: [],
  steps: [
    { kind: "understand", name: "message", at_ms: 0.2, ms: 6.1, outcome: "ok", detail: { path: "local" } },
    {
      kind: "tool",
      name: "track_delivery",
      at_ms: 6.5,
      ms: 3.2,
      outcome: "ok",
      detail: { order: "ORD-9001" },
    },
    {
      kind: "rule",
      name: "cancel_pending_only",
      at_ms: 10,
      ms: 0,
      outcome: "refused",
      detail: { reason: "It has left the house." },
    },
  ],
  model: [],
  writer: "local",
  ms: 12.4,
};

const said = (id, role, text, hours, more = {}) => ({
  id,
  role,
  text,
  at: at(hours),
  staff_name: null,
  trace: null,
  feedback: null,
  replaced: false,
  corrected: null,
  ...more,
});

const complaint = {
  ...COMPLAINT,
  customer_id: "CU-1",
  line_ids: [],
  severity: "high",
  breached: false,
  assignee: "ida",
  notes: [{ at: at(-2), author: "Ida Berg", text: "We are looking into it.", public: true }],
  history: [{ at: at(-3), actor: "customer", what: "complaint filed" }],
  tags: [],
  updated_at: null,
};

const FILE = {
  customer: {
    id: "CU-1",
    name: "Pat Doe",
    email: "pat@example.com",
    phone: null,
    address: null,
    payment_methods: [],
  },
  orders: [{ ...ORDER, id: "ORD-9002", status: "pending" }, ORDER],
  returns: [],
  exchanges: [],
  refunds: [],
  complaints: [complaint],
  attachments: [],
  conversations: [],
};

const caseFile = (notes) => ({
  conversation: {
    id: "C-1",
    customer_id: "CU-1",
    started_at: at(-1),
    updated_at: at(0),
    title: "Where is my order?",
    channel: "chat",
    status: "open",
    priority: "normal",
    assignee: null,
    tags: [],
    due_at: at(1),
  },
  messages: [
    said("m-0", "shopper", "Were is my oder?", -0.6, { replaced: true }),
    said("m-1", "shopper", "Where is my order?", -0.5),
    said("m-1-r", "assistant", "ORD-9001 is on its way.", -0.5, { trace: TRACE }),
    said("m-2", "shopper", "Cancel it then.", -0.2),
    said("m-2-r", "assistant", "It has left the house already.", -0.2, { trace: TRACE }),
  ],
  earlier: false,
  notes,
  handoff: null,
  assignee_name: null,
  satisfaction: null,
  file: FILE,
});

const FIGURES = {
  conversations: 0,
  answers: 0,
  handoffs: 0,
  complaints: 0,
  alone: null,
  first_response_seconds: null,
  resolution_seconds: null,
  satisfaction: null,
  ratings: 0,
  thumbs_up: 0,
  thumbs_down: 0,
  unanswered: 0,
  tool_errors: 0,
  answer_ms: null,
  tokens: 0,
  microdollars: null,
};

const day = (n) => ({ ...FIGURES, day: `2027-03-0${n + 1}`, conversations: n, alone: n ? n / 7 : null });
const NUMBERS = {
  first: "2027-03-01",
  last: "2027-03-07",
  total: { ...FIGURES, conversations: 21, alone: 0.57 },
  days: [0, 1, 2, 3, 4, 5, 6].map(day),
  intents: [{ intent: "delivery", answers: 12, unanswered: 3, calls: 9, tokens: 900, microdollars: 90_000 }],
};

const called = (purpose, outcome, calls, tokens) => ({
  day: "2027-03-02",
  purpose,
  model: "stub-mini",
  outcome,
  calls,
  turns: calls,
  prompt_tokens: tokens,
  cached_tokens: 0,
  completion_tokens: tokens / 10,
  microdollars: tokens * 10,
});
const USAGE = {
  plan: "small",
  limits: [
    { name: "day's token", used: 252_000, limit: 300_000, warning: true },
    { name: "month's money", used: 1_250_000, limit: 5_000_000, warning: false },
  ],
  rows: [
    called("understand", "ok", 40, 20_000),
    called("write", "ok", 30, 60_000),
    called("write", "saved", 12, 0),
    called("write", "timeout", 2, 100),
  ],
};

const DOCUMENT = {
  id: "doc-1",
  title: "Stub Laptop 14 manual",
  kind: "manual",
  status: "published",
  version: 2,
  updated_at: at(-5),
  product_id: "S-1",
  owner: null,
  tags: ["laptops"],
  media_type: "text/markdown",
};

const ENQUIRY = {
  id: "ENQ-901",
  text: "We need forty desks.",
  kind: "bulk",
  name: { value: "Robin Roe", confidence: 0.9 },
  email: null,
  phone: null,
  company: null,
  budget_cents: 500_000,
  budget_confidence: 0.8,
  score: 0.7,
  score_reasons: ["a budget"],
  draft_reply: "Dear Robin Roe,",
  status: "new",
  created_at: at(-4),
};

const POLICY = {
  version: 0,
  author: null,
  at: null,
  policy: {
    shop_name: "Stub",
    currency: "USD",
    contact_email: "",
    has_dates: true,
    return_window_days: 30,
    exclusions: [],
    restocking_fees: [],
    cancel_reasons: ["no longer needed"],
    return_reasons: ["defective"],
    refund_business_days: [5, 7],
    handoff_minutes: 15,
    business_hours: { timezone: "UTC", weekdays: [0, 1, 2], opens: "09:00", closes: "17:00" },
    due_times: { first_response: { urgent: 60 }, resolution: { urgent: 480 } },
  },
};

const list = (...results) => ({ results });

/** What is read, by its path. */
const READ = {
  "/api/staff/inbox/counts": { open: 12, mine: 3, unassigned: 4, breached: 5 },
  "/api/staff/inbox/views": list(),
  "/api/staff/team": list({
    id: "ida",
    name: "Ida Berg",
    email: "ida@example.com",
    role: "admin",
    active: true,
    joined: true,
  }),
  "/api/staff/customers/CU-1": FILE,
  "/api/staff/complaints/CMP-901": complaint,
  "/api/staff/cases/C-1/summary": { lines: ["Pat Doe asks for ORD-9001."], by: "local" },
  "/api/staff/canned": { ...list(), variables: { "customer.name": "name of the customer" } },
  "/api/staff/outbox": list({
    to: "pat@example.com",
    subject: "Your code",
    text: "123456",
    created_at: at(-1),
  }),
  "/api/staff/enquiries": { ...list(ENQUIRY), total: 1 },
  "/api/staff/unanswered": list({
    ids: ["q-1"],
    count: 3,
    examples: ["Do you ship to the moon?"],
    product_id: null,
    draft: null,
  }),
  "/api/staff/numbers": NUMBERS,
  "/api/staff/usage": USAGE,
  "/api/staff/variants": {
    since: at(-1),
    results: [
      { variant: "", replies: 400, thumbs_up: 60, thumbs_down: 20, share_up: 0.75, low: 0.65, high: 0.83 },
      { variant: "brief", replies: 90, thumbs_up: 9, thumbs_down: 1, share_up: 0.9, low: 0.6, high: 0.98 },
      {
        variant: "chatty",
        replies: 300,
        thumbs_up: 20,
        thumbs_down: 40,
        share_up: 0.33,
        low: 0.23,
        high: 0.46,
      },
      { variant: "new", replies: 2, thumbs_up: 0, thumbs_down: 0, share_up: null, low: null, high: null },
    ],
  },
  "/api/staff/numbers/paths": {
    conversations: 3,
    // biome-ignore lint/suspicious/noThenProperty: the word of the server
    follows: [{ intent: "start", then: "delivery", times: 3 }],
    given_up: [{ intent: "delivery", ended: 3, given_up: 1 }],
  },
  "/api/staff/knowledge/try": {
    live: { answer: "", found: false, sources: [], confidence: 0.1, standalone: "" },
    draft: { answer: "We do, by rocket.", found: true, sources: [], confidence: 0.8, standalone: "" },
  },
  "/api/staff/settings": { greeting: "", tone: "neutral", suggestions: [], allowed_domains: [] },
  "/api/staff/settings/policy": POLICY,
  "/api/staff/settings/policy/versions": list(),
  "/api/staff/keys": list({
    id: "k",
    name: "Till",
    hint: "sk-…9f",
    scopes: ["chat"],
    created_at: at(-9),
    revoked_at: null,
  }),
  "/api/staff/webhooks": list({
    id: "w",
    url: "https://shop.example/hook",
    kinds: [],
    format: "events",
    active: true,
    created_at: at(-9),
  }),
  "/api/staff/webhooks/deliveries": list({
    id: "d",
    webhook_id: "w",
    url: "https://shop.example/hook",
    event_id: "e",
    kind: "order.cancelled",
    state: "dead",
    tries: 8,
    due_at: at(-1),
    delivered_at: null,
    error: "no answer",
  }),
  "/api/staff/corrections": list(),
  "/api/staff/audit": {
    ...list({
      id: "a",
      at: at(-1),
      actor: "staff:ida",
      action: "view",
      object: "customer:CU-1",
      before: null,
      after: null,
    }),
    next_cursor: null,
  },
  "/api/knowledge/documents": list(DOCUMENT),
  "/api/knowledge/documents/doc-1/versions": list({
    document_id: "doc-1",
    version: 2,
    content_hash: "x",
    media_type: "text/markdown",
    author: null,
    created_at: at(-5),
  }),
};

const notes = new Map();
const notesOf = (token) => notes.get(token) ?? notes.set(token, []).get(token);

function note(body, token) {
  const made = {
    id: crypto.randomUUID(),
    conversation_id: "C-1",
    ...body,
    author: "ida",
    author_name: "Ida Berg",
    at: at(0),
  };
  notesOf(token).push(made);
  return made;
}

const expired = new Set();

/** The answer to a call of the desk: [status, body], or undefined for what is not the desk's. */
export function answerStaff(request, url, body) {
  const { pathname } = url;
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  if (pathname === "/api/auth/login" && body.role === "staff")
    return body.password === "a long password"
      ? [200, { access_token: tokenOf("admin", crypto.randomUUID()), refresh_token: "gone" }]
      : [401, { title: "bad", code: "bad_credentials", detail: "E-mail or password is wrong." }];
  if (pathname === "/api/auth/refresh")
    return [401, { title: "gone", code: "not_signed_in", detail: "Sign in again." }];
  if (!token || !/^\/api\/(staff|knowledge\/documents)/.test(pathname)) return undefined;
  if (pathname === "/api/staff/expire") return [200, expired.add(token) && {}];
  if (expired.has(token)) return [401, { title: "old", code: "not_signed_in", detail: "Sign in again." }];
  if (pathname === "/api/staff/inbox") return [200, inbox(url, token)];
  if (pathname === "/api/staff/inbox/bulk") return [200, bulk(body, token)];
  if (pathname === "/api/staff/cases/C-1") return [200, caseFile(notesOf(token))];
  if (pathname === "/api/staff/cases/C-1/notes") return [201, note(body, token)];
  if (pathname === "/api/staff/webhooks" && body?.kinds?.includes("nonsense"))
    return [422, { title: "bad", code: "invalid", detail: "nonsense is no event." }];
  return READ[pathname] ? [200, READ[pathname]] : undefined;
}

/** A stream of events that says nothing, which is what most minutes at a desk are like. */
export function listen(response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-transform" });
  response.write("retry: 2000\n\n");
}
