/** Keeps the conversation on this device and follows what other tabs do to it. */
import { type Dispatch, useEffect, useRef } from "react";
import { type ChatEvent, type Conversation, EMPTY, type Kept } from "../model/conversation";
import { restore, save, storageKey } from "../model/storage";

export function useStored(state: Conversation, dispatch: Dispatch<ChatEvent>): void {
  const { sessionId, entries, handoff } = state;
  /** What came from the device is not kept again: two tabs would tell each other forever. */
  const known = useRef<Kept | null>(null);

  useEffect(() => {
    const take = () => {
      const kept = restore();
      known.current = kept ?? EMPTY;
      dispatch(kept ? { type: "restored", kept } : { type: "cleared" });
    };
    take();
    const follow = ({ key }: StorageEvent) => {
      if (key === storageKey()) take();
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, [dispatch]);

  useEffect(() => {
    const before = known.current;
    if (before === null || (entries.length === 0 && !sessionId)) return;
    if (before.entries === entries && before.sessionId === sessionId && before.handoff === handoff) return;
    save({ sessionId, entries, handoff });
  }, [sessionId, entries, handoff]);
}
