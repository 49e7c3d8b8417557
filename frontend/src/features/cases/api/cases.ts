/** A case: a conversation with all that belongs to it, or a customer's whole file. */
import type { Schema } from "@/api/types";
import type { Desk } from "@/features/staff/hooks/StaffSession";

export type CaseFile = Schema<"CaseFile">;
export type CaseMessage = Schema<"CaseMessage">;
export type CustomerFile = Schema<"CustomerFile">;
export type Complaint = Schema<"Complaint">;
export type Draft = Schema<"Draft">;
export type Summary = Schema<"Summary">;
export type DeskNote = Schema<"DeskNote">;
export type TurnTrace = Schema<"TurnTrace">;
export type TracedRequest = Schema<"TracedRequest">;
export type TracedStep = Schema<"TracedStep">;
export type PendingAction = Schema<"PendingActionView">;

export const CASES = "/api/staff/cases";
export const COMPLAINTS = "/api/staff/complaints";
export const CUSTOMERS = "/api/staff/customers";

export const casePath = (conversationId: string): string => `${CASES}/${encodeURIComponent(conversationId)}`;
export const complaintPath = (id: string): string => `${COMPLAINTS}/${encodeURIComponent(id)}`;
export const customerPath = (id: string): string => `${CUSTOMERS}/${encodeURIComponent(id)}`;

const post = <T>(desk: Desk, path: string, body?: unknown): Promise<T> =>
  desk.call<T>(path, { method: "POST", body });

export const takeOver = (desk: Desk, id: string) =>
  post(desk, `/api/staff/conversations/${encodeURIComponent(id)}/take`);
export const handBack = (desk: Desk, id: string) => post(desk, `${casePath(id)}/return`);
export const reply = (desk: Desk, id: string, text: string) => post(desk, `${casePath(id)}/reply`, { text });
export const addNote = (desk: Desk, id: string, kind: "note" | "whisper", text: string) =>
  post<DeskNote>(desk, `${casePath(id)}/notes`, { kind, text });

export const earlierMessages = (desk: Desk, id: string, before: string) =>
  desk.call<Schema<"EarlierMessages">>(`${casePath(id)}/messages`, { query: { before, limit: 200 } });

export const summaryPath = (id: string): string => `${casePath(id)}/summary`;
export const draftReply = (desk: Desk, id: string) => post<Draft>(desk, `${casePath(id)}/draft`);
export const openPdf = (desk: Desk, id: string): Promise<Response> => desk.open(`${casePath(id)}/pdf`);

export const commentOn = (desk: Desk, id: string, text: string, isPublic: boolean) =>
  post<Complaint>(desk, `${complaintPath(id)}/notes`, { text, public: isPublic });
export const changeComplaint = (
  desk: Desk,
  id: string,
  body: Partial<Pick<Complaint, "status" | "priority" | "assignee">>,
) => desk.call<Complaint>(complaintPath(id), { method: "PATCH", body });

export const proposeAction = (desk: Desk, customerId: string, tool: string, args: Record<string, unknown>) =>
  post<PendingAction>(desk, `${customerPath(customerId)}/actions`, { tool, arguments: args });
export const withdrawAction = (desk: Desk, customerId: string, actionId: string) =>
  desk.call(`${customerPath(customerId)}/actions/${actionId}`, { method: "DELETE" });
export const confirmAction = (desk: Desk, customerId: string, actionId: string) =>
  post<Schema<"Outcome">>(desk, `${customerPath(customerId)}/actions/${actionId}/confirm`);
