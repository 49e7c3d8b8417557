/** What the desk reads. */
import type { ComplaintCard, ConversationSummary, OutboxMail } from "@/api/types";

/** The lists of the desk by their address. */
export interface DeskLists {
  outbox: OutboxMail;
  conversations: ConversationSummary;
  complaints: Omit<ComplaintCard, "type">;
}

export const deskPath = (list: keyof DeskLists): string => `/api/staff/${list}`;
