/** Rewrites the address of the page that is shown, at once and without asking the server. */

/** Sets (or with null or "" removes) search parameters; `useSearchParams` follows. */
export function changeAddress(changes: Record<string, string | null>): void {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  window.history.replaceState(null, "", address.pathname + address.search);
}
