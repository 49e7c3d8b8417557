/** Complaints and their files over HTTP, for the session that filed them. */
import { call, send } from "@/api/client";
import { save, upload } from "@/api/files";
import type { ComplaintCard, ComplaintDetail, Schema } from "@/api/types";

export type Attachment = Schema<"AttachmentView">;

const one = (id: string): string => `/api/complaints/${encodeURIComponent(id)}`;

/** What the session may see, newest first. */
export const listComplaints = (
  session: string | null,
  signal?: AbortSignal,
): Promise<{ results: ComplaintCard[] }> => call("/api/complaints", { session, signal });

export const getComplaint = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<ComplaintDetail> => call(one(id), { session, signal });

export const listAttachments = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<{ results: Attachment[] }> => call(`${one(id)}/attachments`, { session, signal });

/** @throws {ApiError} in the server's words when it is no picture or PDF, too large, or one too many. */
export function attach(
  id: string,
  session: string | null,
  file: File,
  onProgress: (share: number) => void,
): Promise<Attachment> {
  const form = new FormData();
  form.set("file", file);
  return upload(`${one(id)}/attachments`, form, { session, onProgress });
}

/** Lets the browser save the file. @throws {ApiError} */
export async function saveAttachment({ url, name }: Attachment, session: string | null): Promise<void> {
  await save(await send(url, { session }), name);
}
