/** Sends a message or a decision and yields the parts of the reply as they arrive. */
import { send } from "@/api/client";
import { readParts } from "@/api/stream";
import type { ChatRequest, StreamPart } from "@/api/types";

/** `key` names the message: sent again, it gets the answer it got, and happens once. */
export async function* streamReply(
  request: ChatRequest,
  key: string,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const channel = window.location.pathname.startsWith("/embed") ? "widget" : "chat";
  const body = { ...request, channel };
  const response = await send("/api/chat/stream", { method: "POST", body, key, signal });
  yield* readParts(response.body);
}
