/** The conversation of a session as the server keeps it. */
import { call } from "@/api/client";
import type { CurrentConversation } from "@/api/types";

/** What was said after that message, and whether a person has the conversation. @throws {ApiError} */
export const getCurrent = (
  session: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<CurrentConversation> => call("/api/conversations/current", { session, query: { after }, signal });
