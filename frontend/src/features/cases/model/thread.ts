/** The messages and notes of a case in the order in which they were written. */
import type { CaseMessage, DeskNote } from "../api/cases";

export type ThreadEntry =
  | { kind: "message"; id: string; at: string; message: CaseMessage; asked: CaseMessage | null }
  | { kind: "note"; id: string; at: string; note: DeskNote };

/** What was known with what came: the newer version of a message counts, and each stands once. */
export function merged(known: readonly CaseMessage[], latest: readonly CaseMessage[]): CaseMessage[] {
  const fresh = new Map(latest.map((message) => [message.id, message]));
  const kept = known.map((message) => {
    const newer = fresh.get(message.id);
    fresh.delete(message.id);
    return newer ?? message;
  });
  return [...kept, ...fresh.values()];
}

/** `asked` of an answer is the shopper's message before it. */
export function threadOf(messages: readonly CaseMessage[], notes: readonly DeskNote[]): ThreadEntry[] {
  let asked: CaseMessage | null = null;
  const said = messages.map((message): ThreadEntry => {
    if (message.role === "shopper") asked = message;
    return {
      kind: "message",
      id: message.id,
      at: message.at,
      message,
      asked: message.role === "shopper" ? null : asked,
    };
  });
  const noted = notes.map((note): ThreadEntry => ({ kind: "note", id: note.id, at: note.at, note }));
  // a stable sort: a question and its answer bear the same time and keep their order
  return [...said, ...noted].sort((one, other) => one.at.localeCompare(other.at));
}

/** What a value of a trace says in one line. */
export function brief(value: unknown): string {
  if (Array.isArray(value)) return value.map(brief).join(", ");
  if (typeof value === "object" && value !== null) {
    const record = value as Record<string, unknown>;
    if (typeof record.name === "string") return record.name;
    const parts = Object.entries(record).filter(([, part]) => part !== null);
    return parts.map(([name, part]) => `${name} ${brief(part)}`).join(", ");
  }
  return String(value);
}
