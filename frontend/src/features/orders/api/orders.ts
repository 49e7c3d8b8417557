/** Orders over HTTP, for the session that proved to own them. */
import { call } from "@/api/client";
import type { OrderCard } from "@/api/types";

export const getOrder = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<Omit<OrderCard, "type">> => call(`/api/orders/${encodeURIComponent(id)}`, { session, signal });
