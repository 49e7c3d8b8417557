/** Hears what people of the shop say, and whether they have taken the conversation over, without a reload. */
import { type Dispatch, useEffect, useRef } from "react";
import { getCurrent } from "../api/current";
import { type ChatEvent, type Conversation, lastKnown } from "../model/conversation";

/** While a person is expected or there, and else, in case the desk takes over by itself. */
const PERSON_MS = 2_500;
const ASSISTANT_MS = 20_000;
const HIDDEN_MS = 20_000;

export function useLive(state: Conversation, dispatch: Dispatch<ChatEvent>): void {
  const latest = useRef(state);
  latest.current = state;
  const { sessionId } = state;
  const begun = state.entries.length > 0;
  const every = state.handoff ? PERSON_MS : ASSISTANT_MS;

  useEffect(() => {
    if (!sessionId || !begun) return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      timer = setTimeout(look, document.hidden ? HIDDEN_MS : every);
    };
    const look = async () => {
      clearTimeout(timer);
      if (latest.current.incoming === null) {
        try {
          const news = await getCurrent(sessionId, lastKnown(latest.current), signal);
          if (signal.aborted || latest.current.incoming !== null) return;
          dispatch({ type: "heard", said: news.messages, handoff: news.handoff, at: Date.now() });
        } catch {
          // The session may have ended, or the line may be away; the next look will tell.
        }
      }
      if (!signal.aborted) again();
    };
    const back = () => {
      if (!document.hidden) void look();
    };
    again();
    document.addEventListener("visibilitychange", back);
    window.addEventListener("online", back);
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("online", back);
    };
  }, [sessionId, begun, every, dispatch]);
}
