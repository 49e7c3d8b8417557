/** The time, told once a second to everybody who shows it. */
import { useSyncExternalStore } from "react";

const readers = new Set<() => void>();
let now = Date.now();
let clock: ReturnType<typeof setInterval> | undefined;

function subscribe(read: () => void): () => void {
  if (readers.size === 0) {
    now = Date.now();
    clock = setInterval(() => {
      now = Date.now();
      for (const tell of readers) tell();
    }, 1000);
  }
  readers.add(read);
  return () => {
    readers.delete(read);
    if (readers.size === 0) clearInterval(clock);
  };
}

/** Milliseconds since 1970, fresh every `step` seconds. */
export const useNow = (step = 1): number =>
  useSyncExternalStore(
    subscribe,
    () => Math.floor(now / (step * 1000)) * step * 1000,
    () => 0,
  );
