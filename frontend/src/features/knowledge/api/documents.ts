/** Documents of the shop over HTTP. */
import { call } from "@/api/client";
import type { KnowledgeDocument } from "@/api/types";

export const getDocument = (id: string, signal?: AbortSignal): Promise<KnowledgeDocument> =>
  call(`/api/knowledge/documents/${encodeURIComponent(id)}`, { signal });
