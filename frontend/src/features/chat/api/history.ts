/** The shopper's own conversations over HTTP. */
import { call, send } from "@/api/client";
import { save } from "@/api/files";
import type { Schema } from "@/api/types";

type OwnConversation = Schema<"OwnConversation">;
type OwnConversationDetail = Schema<"OwnConversationDetail">;

export const listConversations = (session: string, signal?: AbortSignal) =>
  call<{ results: OwnConversation[] }>("/api/conversations", { session, signal });

export const getConversation = (
  id: string,
  session: string,
  signal?: AbortSignal,
): Promise<OwnConversationDetail> =>
  call(`/api/conversations/${encodeURIComponent(id)}`, { session, signal });

/** Lets the browser save the conversation as a text file. @throws {ApiError} */
export async function saveTranscript(session: string): Promise<void> {
  await save(await send("/api/conversations/current/transcript", { session }), "conversation.txt");
}
