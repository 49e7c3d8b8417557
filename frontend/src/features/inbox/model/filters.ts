/** What the inbox shows, as it stands in the address of the page. */
import type { InboxItem, SavedView } from "../api/inbox";

export const FILTERS = [
  "kind",
  "channel",
  "status",
  "priority",
  "assignee",
  "breached",
  "text",
  "sort",
] as const;
export type Filter = (typeof FILTERS)[number];

/** Each filter with its one value; "" is any. */
export type Filters = Record<Filter, string>;

export const filtersOf = (address: { get: (name: string) => string | null }): Filters =>
  Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ""])) as Filters;

/** A choice that stands for several states. */
const STATES_OF: Record<string, string[]> = { active: ["open", "in_progress"] };

export const statesOf = (status: string): string[] => STATES_OF[status] ?? (status ? [status] : []);

/** Questions that every desk asks, by the name of their text and of their count. */
export const STANDING_VIEWS = {
  open: { status: "open" },
  mine: { status: "active", assignee: "me" },
  unassigned: { status: "active", assignee: "none" },
  breached: { breached: "true", sort: "due" },
  all: {},
} satisfies Record<string, Partial<Filters>>;

export const sameFilters = (one: Partial<Filters>, other: Partial<Filters>): boolean =>
  FILTERS.every((name) => (one[name] ?? "") === (other[name] ?? ""));

/** What takes every filter out of the address. */
export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, null]));

/** Where an item is worked on. */
export function placeOf({ kind, id }: Pick<InboxItem, "kind" | "id">): string {
  return kind === "enquiry" ? `/staff/enquiries/?id=${id}` : `/staff/case/?${kind}=${encodeURIComponent(id)}`;
}

type Query = SavedView["query"];

/** Filters as a saved view keeps them. */
export function queryOfFilters({
  kind,
  channel,
  status,
  priority,
  assignee,
  breached,
  text,
  sort,
}: Filters): Partial<Query> {
  return {
    kinds: kind ? [kind as Query["kinds"][number]] : [],
    channel: channel || null,
    statuses: statesOf(status) as Query["statuses"],
    priorities: priority ? [priority as Query["priorities"][number]] : [],
    assignee: assignee && assignee !== "me" ? assignee : null,
    mine: assignee === "me",
    breached: breached ? breached === "true" : null,
    text,
    sort: (sort || "updated") as Query["sort"],
  };
}

export const filtersOfQuery = (query: Query): Partial<Filters> => ({
  kind: query.kinds[0] ?? "",
  channel: query.channel ?? "",
  status: query.statuses.length > 1 ? "active" : (query.statuses[0] ?? ""),
  priority: query.priorities[0] ?? "",
  assignee: query.mine ? "me" : (query.assignee ?? ""),
  breached: query.breached === null ? "" : String(query.breached),
  text: query.text,
  sort: query.sort === "updated" ? "" : query.sort,
});
