/** Keeps the conversation on this device for a day, so that a reload or another page goes on with it. */
import { currentTenant } from "@/api/tenant";
import type { Conversation, Entry } from "./conversation";

interface Saved {
  sessionId: string | null;
  entries: Entry[];
  savedAt: number;
}

const KEPT_ENTRIES = 80;
const KEPT_MS = 24 * 60 * 60 * 1000;

export const storageKey = (): string => `support.chat.${currentTenant() ?? "default"}`;

export function save({ sessionId, entries }: Conversation): void {
  const saved: Saved = { sessionId, entries: entries.slice(-KEPT_ENTRIES), savedAt: Date.now() };
  try {
    window.localStorage.setItem(storageKey(), JSON.stringify(saved));
  } catch {
    // Storage may be full or blocked in a frame: the conversation then lives as long as the page.
  }
}

export function restore(): Saved | null {
  try {
    const saved = JSON.parse(window.localStorage.getItem(storageKey()) ?? "null") as Saved | null;
    return saved && Date.now() - saved.savedAt < KEPT_MS ? saved : null;
  } catch {
    return null;
  }
}

export function forget(): void {
  try {
    window.localStorage.removeItem(storageKey());
  } catch {
    // Nothing was kept.
  }
}
