/** What a shopper thinks of an answer and of a conversation. */
import { call } from "@/api/client";
import type { Thumb } from "../model/conversation";

interface Opinion {
  session: string;
  message: string;
  thumb: Thumb;
  reasons?: string[];
  comment?: string;
}

export const sendFeedback = ({ session, message, thumb, reasons = [], comment }: Opinion): Promise<void> =>
  call("/api/feedback", {
    method: "POST",
    body: { session_id: session, message_id: message, score: thumb, reasons, comment },
  });

/** `score` is 1 (bad) to 5 (very good). */
export const sendSatisfaction = (session: string, score: number, comment?: string): Promise<void> =>
  call("/api/conversations/current/satisfaction", {
    method: "POST",
    body: { session_id: session, score, comment },
  });
