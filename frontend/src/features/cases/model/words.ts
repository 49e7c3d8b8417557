/** The server's words for how a case stands. */

export const COMPLAINT_STATUSES = [
  "open",
  "in_progress",
  "waiting_for_customer",
  "resolved",
  "closed",
] as const;
export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
