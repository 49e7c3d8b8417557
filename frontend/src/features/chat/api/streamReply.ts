/** Sends a message or a decision and yields the parts of the reply as they arrive. */
import { send } from "@/api/client";
import { readParts } from "@/api/stream";
import type { ChatRequest, StreamPart } from "@/api/types";

export async function* streamReply(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
  const response = await send("/api/chat/stream", { method: "POST", body: request, signal });
  yield* readParts(response.body);
}
