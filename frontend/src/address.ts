/** Rewrites the address of the page that is shown, at once and without asking the server. */

export type AddressChanges = Record<string, string | readonly string[] | null>;

/** Sets (or with null, "" or nothing removes) search parameters; `useSearchParams` follows. */
export function changeAddress(changes: AddressChanges): void {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    address.searchParams.delete(name);
    for (const one of [value].flat()) if (one) address.searchParams.append(name, one);
  }
  window.history.replaceState(null, "", address.pathname + address.search);
}
