/** The state of a conversation on screen and the events that change it. Pure: no clock, storage or network. */
import type { ApiError } from "@/api/problem";
import type { Decision, Handoff, Reply, Said } from "@/api/types";

interface Spoken {
  id: string;
  text: string;
  /** When it came onto this screen, in milliseconds: the order of what several tabs add. */
  at: number;
}

export interface Asked extends Spoken {
  role: "shopper";
  /** Set when the shopper pressed confirm or decline instead of writing. */
  decision?: Decision;
  /** The earlier question that it takes the place of. */
  instead?: string;
  /** Its answer has come, or none is to come. Until then it is asked again after a reload or a lost connection. */
  settled?: boolean;
}

export interface Answered extends Spoken {
  role: "assistant";
  reply: Reply | null;
  stopped?: boolean;
  /** What the shopper thought of it. */
  thumb?: Thumb;
}

export interface FromStaff extends Spoken {
  role: "staff";
  name: string | null;
}

export type Entry = Asked | Answered | FromStaff;
export type Thumb = "up" | "down";

/** The answer that is being received. `lost`: the connection broke, and is being made again. */
export interface Incoming {
  text: string;
  progress: { step: string; label: string } | null;
  reply: Reply | null;
  lost: boolean;
}

/** What is kept on this device. */
export interface Kept {
  sessionId: string | null;
  entries: Entry[];
  handoff: Handoff | null;
}

export interface Conversation extends Kept {
  incoming: Incoming | null;
  failure: ApiError | null;
  /** The question that is being written anew. */
  editing: string | null;
  /** A person has left the conversation: the shopper is asked how it went. */
  over: boolean;
}

export const EMPTY: Conversation = {
  sessionId: null,
  entries: [],
  handoff: null,
  incoming: null,
  failure: null,
  editing: null,
  over: false,
};

export type ChatEvent =
  | { type: "restored"; kept: Kept }
  | { type: "asked"; entry: Asked; sessionId: string; instead?: string }
  | { type: "retried" }
  | { type: "begun" }
  | { type: "lost" }
  | { type: "progress"; step: string; label: string }
  | { type: "text"; delta: string }
  | { type: "reply"; reply: Reply }
  | { type: "finished"; question: string; at: number; stopped?: boolean }
  | { type: "failed"; error: ApiError }
  | { type: "heard"; said: Said[]; handoff: Handoff | null; at: number }
  | { type: "identified"; sessionId: string }
  | { type: "editing"; id: string | null }
  | { type: "thumbed"; id: string; thumb: Thumb }
  | { type: "cleared" };

const NOTHING_YET: Incoming = { text: "", progress: null, reply: null, lost: false };

/** The question whose answer is still to come. */
export const openQuestion = ({ entries }: Kept): Asked | undefined =>
  entries.find((entry): entry is Asked => entry.role === "shopper" && !entry.settled);

/** Whether an answer is on its way, here or in another tab: nothing can be sent. */
export const isBusy = (state: Conversation): boolean =>
  state.incoming !== null || (state.failure === null && openQuestion(state) !== undefined);

/** The newest reply that is complete: its actions and suggestions are the ones still open. */
export function lastReply({ entries }: Kept): Reply | null {
  const last = entries.at(-1);
  return last?.role === "assistant" ? last.reply : null;
}

/** Silence after which the time is told anew. */
const PAUSE_MS = 15 * 60_000;

/** Whether an entry is the first, or comes after a pause. */
export const startsAnew = (entries: readonly Entry[], index: number): boolean =>
  index === 0 || (entries[index]?.at ?? 0) - (entries[index - 1]?.at ?? 0) > PAUSE_MS;

/** How many messages have come that nobody has seen, of those after the moment. */
export const unseen = ({ entries }: Kept, since: number): number =>
  entries.filter(({ role, at }) => role !== "shopper" && at > since).length;

/** The question that may be written anew now: the last one, unless a button was pressed since: what was done is done. */
export function rewritable(state: Conversation): Asked | undefined {
  if (isBusy(state) || state.handoff) return undefined;
  const last = state.entries.findLast((entry): entry is Asked => entry.role === "shopper");
  return last?.decision ? undefined : last;
}

/** What the server knows as the last message here: what it said after that is news. */
export function lastKnown({ entries }: Kept): string | undefined {
  const known = entries.findLast(
    (entry) => entry.role === "staff" || (entry.role === "assistant" && entry.reply?.response),
  );
  if (known?.role === "assistant") return `${known.reply?.message_id}-r`;
  return known?.id;
}

/** Entries of two tabs side by side, each once, in the order in which they came. */
function together(ours: Entry[], theirs: Entry[]): Entry[] {
  const each = new Map([...ours, ...theirs].map((entry) => [entry.id, entry]));
  return [...each.values()].sort((a, b) => a.at - b.at);
}

function restored(state: Conversation, kept: Kept): Conversation {
  if (state.incoming === null) return { ...EMPTY, ...kept };
  return { ...state, handoff: kept.handoff, entries: together(state.entries, kept.entries) };
}

function finished(state: Conversation, event: Extract<ChatEvent, { type: "finished" }>): Conversation {
  const { incoming } = state;
  const settled = state.entries.map((entry) =>
    entry.id === event.question ? { ...entry, settled: true } : entry,
  );
  const reply = incoming?.reply ?? null;
  const text = reply?.response ?? incoming?.text ?? "";
  const silent = text === "" && !reply?.cards.length && !reply?.pending_action && !event.stopped;
  const answer: Answered = { role: "assistant", id: `${event.question}-r`, text, reply, at: event.at };
  if (event.stopped) answer.stopped = true;
  return { ...state, entries: silent ? settled : [...settled, answer], incoming: null };
}

function heard(
  state: Conversation,
  { said, handoff, at }: Extract<ChatEvent, { type: "heard" }>,
): Conversation {
  const known = new Set(state.entries.map(({ id }) => id));
  const news = said.filter(({ role, id }) => role === "staff" && !known.has(id));
  const same = JSON.stringify(handoff) === JSON.stringify(state.handoff);
  if (news.length === 0 && same) return state;
  const over = state.over || (state.handoff?.state === "active" && handoff === null);
  const added = news.map(
    ({ id, text, staff_name }): FromStaff => ({ role: "staff", id, text, name: staff_name, at }),
  );
  return { ...state, handoff, over, entries: [...state.entries, ...added] };
}

export function reduce(state: Conversation, event: ChatEvent): Conversation {
  const incoming = state.incoming ?? NOTHING_YET;
  switch (event.type) {
    case "restored":
      return restored(state, event.kept);
    case "asked": {
      const place = state.entries.findIndex(({ id }) => id === event.instead);
      const kept = place < 0 ? state.entries : state.entries.slice(0, place);
      const before = kept.map((one) => (one.role === "shopper" ? { ...one, settled: true } : one));
      const { sessionId } = event;
      const entry = place < 0 ? event.entry : { ...event.entry, instead: event.instead };
      return { ...state, sessionId, entries: [...before, entry], failure: null, editing: null, over: false };
    }
    case "retried":
      return { ...state, failure: null };
    case "begun":
      return { ...state, incoming: NOTHING_YET, failure: null };
    case "lost":
      return { ...state, incoming: { ...incoming, lost: true, progress: null } };
    case "progress":
      return { ...state, incoming: { ...incoming, progress: { step: event.step, label: event.label } } };
    case "text":
      return { ...state, incoming: { ...incoming, text: incoming.text + event.delta, progress: null } };
    case "reply":
      return {
        ...state,
        sessionId: event.reply.session_id,
        handoff: event.reply.handoff,
        incoming: { ...incoming, reply: event.reply },
      };
    case "finished":
      return finished(state, event);
    case "failed":
      return { ...state, incoming: null, failure: event.error };
    case "heard":
      return heard(state, event);
    case "identified":
      return { ...state, sessionId: event.sessionId };
    case "editing":
      return { ...state, editing: event.id };
    case "thumbed": {
      const { id, thumb } = event;
      const entries = state.entries.map((entry) =>
        entry.id === id && entry.role === "assistant" ? { ...entry, thumb } : entry,
      );
      return { ...state, entries };
    }
    case "cleared":
      return EMPTY;
  }
}
