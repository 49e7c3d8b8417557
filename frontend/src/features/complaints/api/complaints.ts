/** Complaints over HTTP, for the session that filed them. */
import { call } from "@/api/client";
import type { ComplaintDetail } from "@/api/types";

export const getComplaint = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<ComplaintDetail> => call(`/api/complaints/${encodeURIComponent(id)}`, { session, signal });
