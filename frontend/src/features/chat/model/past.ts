/** Sessions that were left for a new conversation on this device: what a shopper who never signed in can go back to. */
import { currentTenant } from "@/api/tenant";
import type { Kept } from "./conversation";

interface Past {
  sessionId: string;
  title: string;
  messages: number;
  at: number;
}

const MOST = 20;
/** As long as the server remembers a silent session. */
const KEPT_MS = 24 * 60 * 60 * 1000;

const key = (): string => `support.past.${currentTenant() ?? "default"}`;

export function pastSessions(): Past[] {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key()) ?? "[]") as Past[];
    return kept.filter(({ at }) => Date.now() - at < KEPT_MS);
  } catch {
    return [];
  }
}

export function rememberPast({ sessionId, entries }: Kept): void {
  const first = entries.find(({ role }) => role === "shopper");
  if (!sessionId || !first) return;
  const one = { sessionId, title: first.text.slice(0, 120), messages: entries.length, at: Date.now() };
  const others = pastSessions().filter((past) => past.sessionId !== sessionId);
  try {
    window.localStorage.setItem(key(), JSON.stringify([one, ...others].slice(0, MOST)));
  } catch {
    // Storage may be blocked in a frame: there is then no way back.
  }
}
