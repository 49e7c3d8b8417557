import { expect, test } from "vitest";
import { ApiError } from "@/api/problem";
import type { Said } from "@/api/types";
import {
  type Asked,
  type ChatEvent,
  EMPTY,
  type Entry,
  isBusy,
  lastKnown,
  lastReply,
  openQuestion,
  reduce,
} from "@/features/chat/model/conversation";
import { reply } from "./people";

const after = (...events: ChatEvent[]) => events.reduce(reduce, EMPTY);
const entry = (id: string, at = 1, text = "How long?"): Asked => ({ role: "shopper", id, text, at });
const asked = (id = "1", instead?: string): ChatEvent => ({
  type: "asked",
  entry: entry(id, Number(id)),
  sessionId: "s-0",
  instead,
});
const replied: ChatEvent = { type: "reply", reply: reply() };
const finished = (question = "1", stopped?: boolean): ChatEvent => ({
  type: "finished",
  question,
  at: 2,
  stopped,
});
const broken = new ApiError("stream", 0, "broken_stream", "");
const staff = (id: string): Said => ({ id, role: "staff", text: "Hi", at: "", staff_name: "Rosa" });
const texts = (entries: Entry[]) => entries.map(({ text }) => text);

test("streamed words end as the reply's own text", () => {
  const state = after(
    asked(),
    { type: "begun" },
    { type: "progress", step: "knowledge", label: "Looking…" },
    { type: "text", delta: "Eleven" },
    { type: "text", delta: " hou" },
    replied,
    finished(),
  );
  expect(texts(state.entries)).toEqual(["How long?", "Eleven hours."]);
  expect(state.incoming).toBeNull();
  expect(lastReply(state)?.message_id).toBe("m-1");
  expect(lastKnown(state)).toBe("m-1-r");
});

test("the session of the newest reply is gone on with", () => {
  const moved: ChatEvent = { type: "reply", reply: reply({ session_id: "s-2" }) };
  expect(after(asked(), moved, finished()).sessionId).toBe("s-2");
});

test("a question is open until its answer has come, and then never again", () => {
  expect(openQuestion(after(asked()))?.id).toBe("1");
  expect(isBusy(after(asked()))).toBe(true);
  expect(openQuestion(after(asked(), replied, finished()))).toBeUndefined();
});

test("words that came before the line broke are not doubled by those that come again", () => {
  const state = after(
    asked(),
    { type: "text", delta: "Eleven" },
    { type: "lost" },
    { type: "begun" },
    { type: "text", delta: "Eleven hours." },
  );
  expect(state.incoming?.text).toBe("Eleven hours.");
  expect(state.incoming?.lost).toBe(false);
});

test("a failed answer leaves the question, and a retry does not double it", () => {
  const failed = after(asked(), { type: "text", delta: "Ele" }, { type: "failed", error: broken });
  expect(failed.entries).toHaveLength(1);
  expect(failed.failure).toBe(broken);
  expect(isBusy(failed)).toBe(false);
  const events: ChatEvent[] = [{ type: "retried" }, replied, finished()];
  const retried = events.reduce(reduce, failed);
  expect(retried.failure).toBeNull();
  expect(texts(retried.entries)).toEqual(["How long?", "Eleven hours."]);
});

test("after a failure another question can be asked, and only that one is answered", () => {
  const state = after(asked("1"), { type: "failed", error: broken }, asked("2"));
  expect(openQuestion(state)?.id).toBe("2");
});

test("stopping keeps the words that had arrived, and says so when none had", () => {
  const some = after(asked(), { type: "text", delta: "Ele" }, finished("1", true));
  expect(some.entries.at(-1)).toMatchObject({ text: "Ele", stopped: true });
  expect(after(asked(), finished("1", true)).entries.at(-1)).toMatchObject({ text: "", stopped: true });
});

test("progress gives way to the first word", () => {
  const state = after(
    asked(),
    { type: "progress", step: "graph", label: "Looking…" },
    { type: "text", delta: "E" },
  );
  expect(state.incoming?.progress).toBeNull();
});

test("once a question was asked, the reply before it is no longer open", () => {
  expect(lastReply(after(asked(), replied, finished(), asked("3")))).toBeNull();
});

test("a question written anew takes the place of the old one and of what came after it", () => {
  const state = after(asked("1"), replied, finished("1"), asked("3", "1"));
  expect(state.entries.map(({ id }) => id)).toEqual(["3"]);
});

test("what a person says is heard once, and the answers of the assistant are not heard again", () => {
  const own: Said = { id: "m-1-r", role: "assistant", text: "Eleven hours.", at: "", staff_name: null };
  const hears = (...said: Said[]): ChatEvent => ({
    type: "heard",
    said,
    handoff: { state: "active", expected_at: null, staff_name: "Rosa" },
    at: 5,
  });
  const state = after(asked(), replied, finished(), hears(own, staff("x")), hears(staff("x"), staff("y")));
  expect(texts(state.entries)).toEqual(["How long?", "Eleven hours.", "Hi", "Hi"]);
  expect(lastKnown(state)).toBe("y");
});

test("while a person has the conversation, an empty reply leaves no empty answer", () => {
  const silent: ChatEvent = { type: "reply", reply: reply({ response: "" }) };
  const state = after(asked(), silent, finished());
  expect(state.entries).toHaveLength(1);
  expect(isBusy(state)).toBe(false);
});

test("when the person has left, the shopper is asked how it went; a new question ends the asking", () => {
  const handoff = { state: "active", expected_at: null, staff_name: "Rosa" } as const;
  const state = after(
    asked(),
    finished(),
    { type: "heard", said: [], handoff, at: 3 },
    { type: "heard", said: [], handoff: null, at: 4 },
  );
  expect(state.over).toBe(true);
  expect(reduce(state, asked("9")).over).toBe(false);
});

test("what another tab asked joins what this one is being answered", () => {
  const here = after(asked("1"), { type: "begun" });
  const there = { sessionId: "s-0", handoff: null, entries: [entry("0", 0), entry("2", 2)] };
  const state = reduce(here, { type: "restored", kept: there });
  expect(state.entries.map(({ id }) => id)).toEqual(["0", "1", "2"]);
  expect(state.incoming).not.toBeNull();
});
