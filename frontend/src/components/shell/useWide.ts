/** Whether the window has room for a column beside the content; false until the page runs. */
import { useSyncExternalStore } from "react";

const query = (): MediaQueryList => window.matchMedia("(width >= 64rem)");

function subscribe(changed: () => void): () => void {
  const wide = query();
  wide.addEventListener("change", changed);
  return () => wide.removeEventListener("change", changed);
}

export const useWide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => query().matches,
    () => false,
  );
