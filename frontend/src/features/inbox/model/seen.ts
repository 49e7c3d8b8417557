/** Which items have news for whoever works in this browser: what changed since they were last opened here. */
import type { InboxItem, ItemName } from "../api/inbox";

const KEY = "support.inbox.seen";
/** What was opened longest ago is forgotten first, and then counts as seen up to the last that was forgotten. */
const MOST = 1000;

interface Seen {
  /** What lies before is not news: the first visit, or the last item that was forgotten. */
  since: string;
  /** When each item was last open. */
  items: Record<string, string>;
}

const keyOf = ({ kind, id }: ItemName): string => `${kind} ${id}`;

function read(): Seen {
  const kept = window.localStorage.getItem(KEY);
  if (kept) return JSON.parse(kept) as Seen;
  const first: Seen = { since: new Date().toISOString(), items: {} };
  window.localStorage.setItem(KEY, JSON.stringify(first));
  return first;
}

let known: Seen | undefined;

const seen = (): Seen => {
  known ??= read();
  return known;
};

const later = (one: string, other: string): string => (Date.parse(one) < Date.parse(other) ? other : one);

/** Whether it changed since it was last open here. */
export function isNews(item: Pick<InboxItem, "kind" | "id" | "updated_at">): boolean {
  const { since, items } = seen();
  return Date.parse(item.updated_at) > Date.parse(items[keyOf(item)] ?? since);
}

/** All that has happened to these items until now is known. */
export function markSeen(names: readonly (ItemName & { updated_at?: string })[]): void {
  const now = new Date().toISOString();
  const { since, items } = read();
  for (const one of names) {
    delete items[keyOf(one)]; // what was last open stands last
    items[keyOf(one)] = later(now, one.updated_at ?? now);
  }
  const entries = Object.entries(items);
  const forgotten = entries.slice(0, Math.max(0, entries.length - MOST));
  known = {
    since: forgotten.reduce((latest, [, at]) => later(latest, at), since),
    items: Object.fromEntries(entries.slice(forgotten.length)),
  };
  window.localStorage.setItem(KEY, JSON.stringify(known));
}
