/** Replies kept ready, with variables that are filled in when one is used. */
import type { Schema } from "@/api/types";
import type { Desk } from "@/features/staff/hooks/StaffSession";

export type CannedReply = Schema<"CannedReply">;
export type CannedList = Schema<"CannedList">;
export const CANNED = "/api/staff/canned";

/** What a reply is filled in from. */
export type Subject = Partial<Schema<"RenderBody">>;

export const renderCanned = (desk: Desk, id: string, subject: Subject): Promise<Schema<"Rendered">> =>
  desk.call<Schema<"Rendered">>(`${CANNED}/${id}/render`, {
    method: "POST",
    body: subject,
  });
