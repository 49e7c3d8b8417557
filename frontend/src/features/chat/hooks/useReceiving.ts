/** Fetches the answer to the open question: in one tab only, and again after a reload or a lost connection. */
import { type Dispatch, useEffect, useRef } from "react";
import { ApiError, toApiError } from "@/api/problem";
import type { ChatRequest } from "@/api/types";
import { streamReply } from "../api/streamReply";
import { type Asked, type ChatEvent, type Conversation, openQuestion } from "../model/conversation";
import { restore } from "../model/storage";
import { TextBuffer } from "../model/textBuffer";

/** Pauses before the line is tried again; what comes back online is tried at once. */
const PAUSES_MS = [500, 1500, 4000];

/** Until an answer is kept on this device, where the next tab looks for it. */
const KEEPING_MS = 150;

function requestOf(entry: Asked, sessionId: string | null): ChatRequest {
  const session = sessionId ?? undefined;
  if (entry.decision && session) return { decision: entry.decision, session_id: session };
  return { message: entry.text, session_id: session, replaces: entry.instead };
}

/** One tab at a time receives; the others wait, and find the answer in what is kept. */
async function alone(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    // There are no locks without TLS, and none in a frame that may keep nothing: such a page is alone anyway.
    if (!navigator.locks) await begin();
    else await navigator.locks.request(`support.answer.${name}`, { signal }, begin);
  } catch {
    if (!begun && !signal.aborted) await begin();
  }
}

/** Resolves after the pause, or as soon as the line is back; waits for the line as long as it is away. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = navigator.onLine ? setTimeout(resolve, milliseconds) : undefined;
    const go = () => {
      clearTimeout(timer);
      resolve();
    };
    window.addEventListener("online", go, { once: true, signal });
    signal.addEventListener("abort", go, { once: true });
  });
}

/** Receives one reply and reports it as events. Returns when it is complete. @throws {ApiError} */
async function receive(
  entry: Asked,
  sessionId: string | null,
  signal: AbortSignal,
  dispatch: Dispatch<ChatEvent>,
): Promise<void> {
  const buffer = new TextBuffer((delta) => !signal.aborted && dispatch({ type: "text", delta }));
  try {
    for await (const part of streamReply(requestOf(entry, sessionId), entry.id, signal)) {
      if (part.type === "start")
        dispatch({ type: "begun" }); // what a broken try had brought comes again
      else if (part.type === "text-delta") buffer.add(part.delta);
      else if (part.type === "data-progress") dispatch({ type: "progress", ...part.data });
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

/** Receives, and tries again while only the line is to blame. @throws {ApiError} */
async function receiveWhole(
  entry: Asked,
  session: () => string | null,
  signal: AbortSignal,
  dispatch: Dispatch<ChatEvent>,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await receive(entry, session(), signal, dispatch);
    } catch (error) {
      const pauseMs = PAUSES_MS[tries];
      if (signal.aborted) return;
      if (toApiError(error).kind === "problem" || pauseMs === undefined) throw error;
      dispatch({ type: "lost" });
      await pause(pauseMs, signal);
    }
  }
}

export function useReceiving(state: Conversation, dispatch: Dispatch<ChatEvent>): void {
  const question = openQuestion(state);
  const id = question?.id;
  const failed = state.failure !== null;
  const latest = useRef(state);
  latest.current = state;

  useEffect(() => {
    if (id === undefined || failed) return;
    const { signal, abort } = controllerOf();
    const work = async () => {
      const kept = restore();
      const entry = openQuestion(latest.current);
      const elsewhere = kept?.entries.find((other) => other.id === id);
      if (signal.aborted || entry?.id !== id) return;
      if (kept && elsewhere?.role === "shopper" && elsewhere.settled)
        return dispatch({ type: "restored", kept }); // another tab was faster
      dispatch({ type: "begun" });
      try {
        await receiveWhole(entry, () => latest.current.sessionId, signal, dispatch);
        if (!signal.aborted) dispatch({ type: "finished", question: id, at: Date.now() });
        await new Promise((resolve) => setTimeout(resolve, KEEPING_MS));
      } catch (error) {
        if (!signal.aborted) dispatch({ type: "failed", error: toApiError(error) });
      }
    };
    void alone(id, signal, work);
    return abort;
  }, [id, failed, dispatch]);
}

function controllerOf(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
