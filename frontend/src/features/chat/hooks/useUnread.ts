/** Messages that came while nobody looked at the chat. The tab's title counts them too. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTitleCount } from "@/title";
import { type Kept, unseen } from "../model/conversation";
import { keepSeen, seenAt } from "../model/storage";

function followSight(look: () => void): () => void {
  document.addEventListener("visibilitychange", look);
  return () => document.removeEventListener("visibilitychange", look);
}

const useInSight = (): boolean =>
  useSyncExternalStore(
    followSight,
    () => !document.hidden,
    () => true,
  );

/** `open`: the messages stand on the screen. */
export function useUnread(kept: Kept, open: boolean): number {
  const reading = useInSight() && open;
  const since = useRef(0);
  const count = reading || since.current === 0 ? 0 : unseen(kept, Math.max(since.current, seenAt()));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what has come is seen as it comes, and once more on leaving
  useEffect(() => {
    since.current ||= seenAt() || Date.now();
    if (!reading) return;
    const see = () => {
      since.current = Date.now();
      keepSeen(since.current);
    };
    see();
    return see;
  }, [reading, kept.entries]);

  useTitleCount(count);
  return count;
}
