/** The state of a conversation on screen and the events that change it. Pure: no clock, storage or network. */
import type { ApiError } from "@/api/problem";
import type { Decision, Reply } from "@/api/types";

export interface Asked {
  role: "shopper";
  id: string;
  text: string;
  /** Set when the shopper pressed confirm or decline instead of writing. */
  decision?: Decision;
}

export interface Answered {
  role: "assistant";
  id: string;
  text: string;
  reply: Reply | null;
  stopped?: boolean;
}

export type Entry = Asked | Answered;

/** The answer that is being received. */
export interface Incoming {
  text: string;
  progress: string | null;
  reply: Reply | null;
}

export interface Conversation {
  sessionId: string | null;
  entries: Entry[];
  incoming: Incoming | null;
  failure: ApiError | null;
}

export const EMPTY: Conversation = { sessionId: null, entries: [], incoming: null, failure: null };

export type ChatEvent =
  | { type: "restored"; conversation: Pick<Conversation, "sessionId" | "entries"> }
  | { type: "asked"; entry: Asked }
  | { type: "retried" }
  | { type: "progress"; label: string }
  | { type: "text"; delta: string }
  | { type: "reply"; reply: Reply }
  | { type: "finished"; id: string }
  | { type: "stopped"; id: string }
  | { type: "failed"; error: ApiError }
  | { type: "identified"; sessionId: string }
  | { type: "cleared" };

const NOTHING_YET: Incoming = { text: "", progress: null, reply: null };

function answered(state: Conversation, id: string, stopped: boolean): Entry[] {
  const { incoming } = state;
  if (incoming === null) return state.entries;
  const text = incoming.reply?.response ?? incoming.text;
  return [...state.entries, { role: "assistant", id, text, reply: incoming.reply, stopped }];
}

export function reduce(state: Conversation, event: ChatEvent): Conversation {
  const incoming = state.incoming ?? NOTHING_YET;
  switch (event.type) {
    case "restored":
      return { ...EMPTY, ...event.conversation };
    case "asked":
      return { ...state, entries: [...state.entries, event.entry], incoming: NOTHING_YET, failure: null };
    case "retried":
      return { ...state, incoming: NOTHING_YET, failure: null };
    case "progress":
      return { ...state, incoming: { ...incoming, progress: event.label } };
    case "text":
      return { ...state, incoming: { ...incoming, text: incoming.text + event.delta, progress: null } };
    case "reply":
      return { ...state, sessionId: event.reply.session_id, incoming: { ...incoming, reply: event.reply } };
    case "finished":
      return { ...state, entries: answered(state, event.id, false), incoming: null };
    case "stopped":
      return { ...state, entries: answered(state, event.id, true), incoming: null };
    case "failed":
      return { ...state, incoming: null, failure: event.error };
    case "identified":
      return { ...state, sessionId: event.sessionId };
    case "cleared":
      return EMPTY;
  }
}

/** The last thing the shopper asked, which a retry sends again. */
export function lastAsked(state: Conversation): Asked | undefined {
  return state.entries.findLast((entry) => entry.role === "shopper");
}

/** The newest reply that is complete: its actions and suggestions are the ones still open. */
export function lastReply(state: Conversation): Reply | null {
  const last = state.entries.at(-1);
  return last?.role === "assistant" ? last.reply : null;
}
