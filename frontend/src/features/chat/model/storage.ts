/** Keeps the conversation on this device for a day, so that a reload or another page goes on with it. */
import { currentTenant } from "@/api/tenant";
import type { Kept } from "./conversation";

interface Saved extends Kept {
  version: number;
  savedAt: number;
}

const VERSION = 2;
const KEPT_ENTRIES = 200;
const KEPT_MS = 24 * 60 * 60 * 1000;

export const storageKey = (): string => `support.chat.${currentTenant() ?? "default"}`;

export function save({ sessionId, entries, handoff }: Kept): void {
  const kept = { sessionId, entries: entries.slice(-KEPT_ENTRIES), handoff };
  const saved: Saved = { ...kept, version: VERSION, savedAt: Date.now() };
  try {
    window.localStorage.setItem(storageKey(), JSON.stringify(saved));
  } catch {
    // Storage may be full or blocked in a frame: the conversation then lives as long as the page.
  }
}

export function restore(): Kept | null {
  try {
    const saved = JSON.parse(window.localStorage.getItem(storageKey()) ?? "null") as Saved | null;
    return saved?.version === VERSION && Date.now() - saved.savedAt < KEPT_MS ? saved : null;
  } catch {
    return null;
  }
}

const seenKey = (): string => `support.seen.${currentTenant() ?? "default"}`;

/** When somebody last looked at the conversation, in this tab or another; 0 where that is not known. */
export function seenAt(): number {
  try {
    return Number(window.localStorage.getItem(seenKey()));
  } catch {
    return 0;
  }
}

export function keepSeen(at: number): void {
  try {
    window.localStorage.setItem(seenKey(), String(at));
  } catch {
    // Each tab then knows only of itself.
  }
}

export function forget(): void {
  try {
    window.localStorage.removeItem(storageKey());
  } catch {
    // Nothing was kept.
  }
}
