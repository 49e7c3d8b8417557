import { expect, test } from "vitest";
import { ApiError } from "@/api/problem";
import { type ChatEvent, EMPTY, lastAsked, lastReply, reduce } from "@/features/chat/model/conversation";
import { reply } from "./people";

const after = (...events: ChatEvent[]) => events.reduce(reduce, EMPTY);
const asked: ChatEvent = { type: "asked", entry: { role: "shopper", id: "1", text: "How long?" } };
const broken = new ApiError("stream", 0, "broken_stream", "");

test("streamed words end as the reply's own text", () => {
  const state = after(
    asked,
    { type: "progress", label: "Looking…" },
    { type: "text", delta: "Eleven" },
    { type: "text", delta: " hou" },
    { type: "reply", reply: reply() },
    { type: "finished", id: "2" },
  );
  expect(state.entries.map((entry) => entry.text)).toEqual(["How long?", "Eleven hours."]);
  expect(state.incoming).toBeNull();
  expect(lastReply(state)?.message_id).toBe("m-1");
});

test("the session of the newest reply is gone on with", () => {
  const state = after(
    asked,
    { type: "reply", reply: reply({ session_id: "s-2" }) },
    { type: "finished", id: "2" },
  );
  expect(state.sessionId).toBe("s-2");
});

test("a failed answer leaves the question, and a retry does not double it", () => {
  const failed = after(asked, { type: "text", delta: "Ele" }, { type: "failed", error: broken });
  expect(failed.entries).toHaveLength(1);
  expect(failed.failure).toBe(broken);
  const retried = [
    { type: "retried" } as const,
    { type: "reply", reply: reply() } as const,
    { type: "finished", id: "3" } as const,
  ].reduce(reduce, failed);
  expect(retried.failure).toBeNull();
  expect(retried.entries.map((entry) => entry.text)).toEqual(["How long?", "Eleven hours."]);
});

test("stopping keeps the words that had arrived, and says so when none had", () => {
  expect(
    after(asked, { type: "text", delta: "Ele" }, { type: "stopped", id: "2" }).entries.at(-1),
  ).toMatchObject({
    text: "Ele",
    stopped: true,
  });
  expect(after(asked, { type: "stopped", id: "2" }).entries.at(-1)).toMatchObject({
    text: "",
    stopped: true,
  });
});

test("progress gives way to the first word", () => {
  const state = after(asked, { type: "progress", label: "Looking…" }, { type: "text", delta: "E" });
  expect(state.incoming?.progress).toBeNull();
});

test("once a question was asked, the reply before it is no longer open", () => {
  const state = after(asked, { type: "reply", reply: reply() }, { type: "finished", id: "2" }, asked);
  expect(lastReply(state)).toBeNull();
  expect(lastAsked(state)?.text).toBe("How long?");
});
