/** Which shop the pages speak for: `?tenant=slug` once, then remembered for this tab; else the server decides. */
const KEY = "support.tenant";

export function currentTenant(): string | null {
  if (typeof window === "undefined") return null;
  const asked = new URLSearchParams(window.location.search).get("tenant");
  try {
    if (asked) window.sessionStorage.setItem(KEY, asked);
    return asked ?? window.sessionStorage.getItem(KEY);
  } catch {
    return asked; // storage may be blocked in a frame
  }
}
