/** The inbox of the desk: conversations, complaints and enquiries side by side. */
import type { Desk } from "@/features/staff/hooks/StaffSession";

export interface InboxItem {
  kind: "conversation" | "complaint" | "enquiry";
  id: string;
  title: string;
  status: "assistant" | "open" | "in_progress" | "waiting_for_customer" | "closed";
  state: string;
  priority: "low" | "normal" | "high" | "urgent";
  assignee: string | null;
  assignee_name: string | null;
  tags: string[];
  channel: string;
  customer_id: string | null;
  customer_name: string | null;
  customer_email: string | null;
  order_id: string | null;
  due_at: string | null;
  breached: boolean;
  created_at: string;
  updated_at: string;
}
export interface InboxQuery {
  kinds: InboxItem["kind"][];
  statuses: InboxItem["status"][];
  assignee: string | null;
  mine: boolean;
  priorities: InboxItem["priority"][];
  breached: boolean | null;
  text: string;
  sort: "updated" | "created" | "due" | "priority";
}
export interface SavedView {
  id: string;
  owner: string;
  name: string;
  shared: boolean;
  query: InboxQuery;
}
export interface InboxList {
  results: InboxItem[];
  next: string | null;
  total: number;
}

export const INBOX = "/api/staff/inbox";
export const VIEWS = "/api/staff/views";

export const KINDS = ["conversation", "complaint", "enquiry"] as const;
export const STATUSES = ["open", "in_progress", "waiting_for_customer", "assistant", "closed"] as const;
export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export const SORTS = ["updated", "due", "priority", "created"] as const;

/** What is changed on items; what is left out stays. */
export interface ItemChange {
  status?: (typeof STATUSES)[number];
  priority?: (typeof PRIORITIES)[number];
  /** A staff id, or "" to take it from whoever has it. */
  assignee?: string;
}

export type ItemName = Pick<InboxItem, "kind" | "id">;

export const changeItems = (desk: Desk, items: ItemName[], change: ItemChange): Promise<unknown> =>
  desk.call(`${INBOX}/bulk`, { method: "POST", body: { items, change } });
