/** The way back from a case: to the list as it was, at the row that was left. It lives as long as the page. */
import type { ItemName } from "../api/inbox";

let list = "";
let left: ItemName | null = null;

/** `search` says what the list shows, as in the address. */
export function rememberList(search: string): void {
  list = search;
}

export const listAddress = (): string => (list ? `/staff/?${list}` : "/staff/");

/** Remembers the case that is left. */
export function leave(item: ItemName): void {
  left = item;
}

/** The place of the case that was left last, told once; -1 when there is none. */
export function takeLeft(items: readonly ItemName[]): number {
  const former = left;
  left = null;
  return former ? items.findIndex(({ kind, id }) => kind === former.kind && id === former.id) : -1;
}
