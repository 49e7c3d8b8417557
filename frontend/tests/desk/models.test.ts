import { expect, test } from "vitest";
import type { CaseMessage, DeskNote } from "@/features/cases/api/cases";
import { actionsFor } from "@/features/cases/model/actions";
import { brief, merged, threadOf } from "@/features/cases/model/thread";
import { filtersOf, filtersOfQuery, queryOfFilters, sameFilters } from "@/features/inbox/model/filters";
import { isNews, markSeen } from "@/features/inbox/model/seen";
import { barsOf, linesOf, topOf } from "@/features/numbers/model/chart";
import { written } from "@/features/numbers/model/metrics";
import { dueIn } from "@/features/staff/model/due";
import { mayAs, personOf } from "@/features/staff/model/person";

const NOON = Date.parse("2027-03-01T12:00:00Z");

test("a due time counts down in its two largest units and says when it is past", () => {
  expect(dueIn("2027-03-03T15:30:00Z", NOON)).toEqual({ urgency: "later", span: "2 d 3 h" });
  expect(dueIn("2027-03-01T12:04:09Z", NOON)).toEqual({ urgency: "soon", span: "4 min 09 s" });
  expect(dueIn("2027-03-01T10:48:00Z", NOON)).toEqual({ urgency: "late", span: "1 h 12 min" });
});

test("a token says who one is; anything else says nothing", () => {
  const claims = btoa(JSON.stringify({ subject: "ida", role: "supervisor", tenant: "shop" }));
  expect(personOf({ access_token: `h.${claims}.s`, refresh_token: "" })).toEqual({
    id: "ida",
    role: "supervisor",
    shop: "shop",
  });
  expect(personOf({ access_token: "nonsense", refresh_token: "" })).toBeNull();
  expect([mayAs("supervisor", "support"), mayAs("supervisor", "admin")]).toEqual([true, false]);
});

const message = (id: string, role: CaseMessage["role"], at: string, text = id): CaseMessage => ({
  id,
  role,
  text,
  at,
  staff_name: null,
  trace: null,
  feedback: null,
  replaced: false,
  corrected: null,
});

test("what comes is added once, newer versions count, and nothing that was loaded is lost", () => {
  const [one, two, three] = ["1", "2", "3"].map((id) => message(id, "shopper", `2027-03-01T12:0${id}:00Z`));
  if (!one || !two || !three) throw new Error("three messages");
  const newer = { ...two, text: "edited" };
  expect(merged([one, two], [newer, three])).toEqual([one, newer, three]);
  expect(merged([], [one])).toEqual([one]);
});

test("notes stand where they were written, and an answer knows what was asked", () => {
  const note: DeskNote = {
    id: "n",
    conversation_id: "c",
    kind: "note",
    author: "ida",
    author_name: "Ida",
    text: "seen",
    at: "2027-03-01T12:00:30Z",
  };
  const asked = message("q", "shopper", "2027-03-01T12:00:00Z");
  const thread = threadOf([asked, message("a", "assistant", "2027-03-01T12:01:00Z")], [note]);
  expect(thread.map(({ id }) => id)).toEqual(["q", "n", "a"]);
  expect(thread[2]).toMatchObject({ asked });
});

test("a value of a trace fits in one line", () => {
  expect(brief([{ id: "P-1", name: "X1" }, "ORD-1"])).toBe("X1, ORD-1");
  expect(brief({ max_cents: 5, brand: null })).toBe("max_cents 5");
});

test("a saved view gives back the filters it was saved with", () => {
  const filters = filtersOf(
    new URLSearchParams("status=active&assignee=me&text=hinge&sort=due&breached=true"),
  );
  const query = {
    kinds: [],
    statuses: [],
    priorities: [],
    assignee: null,
    mine: false,
    breached: null,
    ...queryOfFilters(filters),
  };
  expect(filtersOfQuery(query as unknown as Parameters<typeof filtersOfQuery>[0])).toEqual(filters);
  expect(sameFilters(filters, {})).toBe(false);
  expect(sameFilters({}, filtersOf(new URLSearchParams()))).toBe(true);
});

test("only what an order's state allows is offered", () => {
  expect(actionsFor("pending")).toContain("cancel_order");
  expect(actionsFor("pending (items changed)")).toContain("cancel_order");
  expect(actionsFor("delivered")).toContain("return_items");
  expect(actionsFor("delivered")).not.toContain("cancel_order");
});

test("charts stand on zero, and what is unknown is a gap", () => {
  expect(topOf([0, null])).toBe(1);
  expect(barsOf([0, 2]).map(({ height }) => height > 0)).toEqual([false, true]);
  expect(linesOf([1, null, 2, 3])).toHaveLength(2);
  expect(linesOf([null])).toEqual([]);
});

test("figures are written with their unit; nothing known is no zero", () => {
  expect(written("en", "share", 0, "–")).toBe("0%");
  expect(written("en", "share", null, "–")).toBe("–");
  expect(written("en", "money", 1_500_000, "–")).toBe("$1.50");
  expect(written("en", "seconds", 5_400, "–")).toBe("1.5 hr");
});

test("news of an item is what happened since it was last open here, and nothing of before the first visit", () => {
  const [before, soon, later] = [-1, 5, 6].map((minutes) =>
    new Date(Date.now() + minutes * 60_000).toISOString(),
  ) as [string, string, string];
  const item = { kind: "complaint", id: "CMP-1" } as const;
  const news = (updated_at: string) => isNews({ ...item, updated_at });
  expect([before, soon].map(news)).toEqual([false, true]);
  markSeen([{ ...item, updated_at: soon }]); // by the server's clock, which may be ahead
  expect([soon, later].map(news)).toEqual([false, true]);
  markSeen(Array.from({ length: 1000 }, (_, n) => ({ kind: "conversation" as const, id: `C-${n}` })));
  expect(news(soon)).toBe(false); // forgotten, and not news again
});
