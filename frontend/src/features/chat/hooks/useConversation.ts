/** One conversation: sends, streams, stops, retries, and keeps it on this device. */
import { type Dispatch, useCallback, useEffect, useReducer, useRef } from "react";
import { ApiError, toApiError } from "@/api/problem";
import type { ChatRequest } from "@/api/types";
import { streamReply } from "../api/streamReply";
import {
  type Asked,
  type ChatEvent,
  type Conversation,
  EMPTY,
  lastAsked,
  reduce,
} from "../model/conversation";
import { forget, restore, save, storageKey } from "../model/storage";
import { TextBuffer } from "../model/textBuffer";

export interface ChatActions {
  ask: (text: string) => void;
  decide: (actionId: string, accept: boolean, label: string) => void;
  retry: () => void;
  stop: () => void;
  clear: () => void;
  /** Goes on under a session that proved who is asking (the order look-up does). */
  identify: (sessionId: string) => void;
}

const newId = (): string => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

function requestOf(entry: Asked, sessionId: string | null): ChatRequest {
  const session = sessionId ?? undefined;
  if (entry.decision && session) return { decision: entry.decision, session_id: session };
  return { message: entry.text, session_id: session };
}

/** Receives one reply and reports it as events. Returns when it is complete. @throws {ApiError} */
async function receive(
  request: ChatRequest,
  signal: AbortSignal,
  dispatch: Dispatch<ChatEvent>,
): Promise<void> {
  const buffer = new TextBuffer((delta) => !signal.aborted && dispatch({ type: "text", delta }));
  try {
    for await (const part of streamReply(request, signal)) {
      if (part.type === "text-delta") buffer.add(part.delta);
      else if (part.type === "data-progress") dispatch({ type: "progress", label: part.data.label });
      else if (part.type === "error") throw new ApiError("problem", 0, "stream_error", part.errorText);
      else if (part.type === "data-reply") {
        buffer.flush();
        dispatch({ type: "reply", reply: part.data });
      }
    }
    buffer.flush();
  } finally {
    buffer.drop();
  }
}

function useStored(state: Conversation, dispatch: Dispatch<ChatEvent>): void {
  const ready = useRef(false);
  const busy = state.incoming !== null;

  useEffect(() => {
    const saved = restore();
    if (saved) dispatch({ type: "restored", conversation: saved });
    ready.current = true;
  }, [dispatch]);

  useEffect(() => {
    if (ready.current && (state.entries.length > 0 || state.sessionId)) save(state);
  }, [state]);

  useEffect(() => {
    // Another tab went on with the conversation: follow it, unless an answer is arriving here.
    const follow = (event: StorageEvent) => {
      if (event.key !== storageKey() || busy) return;
      const saved = restore();
      dispatch(saved ? { type: "restored", conversation: saved } : { type: "cleared" });
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, [busy, dispatch]);
}

export function useConversation(): { state: Conversation; actions: ChatActions } {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const abort = useRef<AbortController | null>(null);
  const latest = useRef(state);
  latest.current = state;
  useStored(state, dispatch);

  const run = useCallback(async (entry: Asked) => {
    const controller = new AbortController();
    abort.current = controller;
    try {
      await receive(requestOf(entry, latest.current.sessionId), controller.signal, dispatch);
      if (!controller.signal.aborted) dispatch({ type: "finished", id: newId() });
    } catch (error) {
      if (!controller.signal.aborted) dispatch({ type: "failed", error: toApiError(error) });
    }
  }, []);

  const start = useCallback(
    (entry: Asked) => {
      if (latest.current.incoming) return;
      dispatch({ type: "asked", entry });
      void run(entry);
    },
    [run],
  );

  const halt = useCallback(() => abort.current?.abort(), []);
  const actions: ChatActions = {
    ask: useCallback((text: string) => start({ role: "shopper", id: newId(), text }), [start]),
    decide: useCallback(
      (action_id: string, accept: boolean, label: string) =>
        start({ role: "shopper", id: newId(), text: label, decision: { action_id, accept } }),
      [start],
    ),
    retry: useCallback(() => {
      const entry = lastAsked(latest.current);
      if (!entry) return;
      dispatch({ type: "retried" });
      void run(entry);
    }, [run]),
    stop: useCallback(() => {
      halt();
      dispatch({ type: "stopped", id: newId() });
    }, [halt]),
    clear: useCallback(() => {
      halt();
      forget();
      dispatch({ type: "cleared" });
    }, [halt]),
    identify: useCallback((sessionId: string) => dispatch({ type: "identified", sessionId }), []),
  };
  return { state, actions };
}
