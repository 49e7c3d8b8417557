/** The inbox of the desk: conversations, complaints and enquiries side by side. */
import type { Schema } from "@/api/types";
import type { Desk } from "@/features/staff/hooks/StaffSession";

export type InboxItem = Schema<"InboxItem">;
export type InboxList = Schema<"InboxPage">;
export type InboxCounts = Schema<"InboxCounts">;
export type SavedView = Schema<"SavedView">;

export const INBOX = "/api/staff/inbox";
export const VIEWS = "/api/staff/inbox/views";

export const COUNTS = "/api/staff/inbox/counts";

export const KINDS = ["conversation", "complaint", "enquiry"] as const;
/** Where a conversation was begun. */
export const CHANNELS = ["chat", "widget", "api", "completions"] as const;
export const STATUSES = ["open", "in_progress", "waiting_for_customer", "assistant", "closed"] as const;
export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export const SORTS = ["updated", "due", "priority", "created"] as const;

/** What is changed on items; what is left out stays. */
export interface ItemChange {
  status?: (typeof STATUSES)[number];
  priority?: (typeof PRIORITIES)[number];
  /** A staff id, or "" to take it from whoever has it. */
  assignee?: string;
  add_tags?: string[];
  remove_tags?: string[];
}

export type ItemName = Pick<InboxItem, "kind" | "id">;

type BulkResult = Schema<"BulkResult">["results"];

/** Each item says whether it was changed. */
export async function changeItems(
  desk: Desk,
  items: readonly ItemName[],
  change: ItemChange,
): Promise<BulkResult> {
  const names = items.map(({ kind, id }) => ({ kind, id }));
  const body = { items: names, ...change };
  return (await desk.call<{ results: BulkResult }>(`${INBOX}/bulk`, { method: "POST", body })).results;
}
