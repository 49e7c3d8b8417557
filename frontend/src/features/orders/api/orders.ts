/** Orders over HTTP, for the session that proved to own them. */
import { call } from "@/api/client";
import type { OrderCard, RefundsOfOrder, Schema } from "@/api/types";

const named = (id: string): string => encodeURIComponent(id);

export const listOrders = (session: string | null, signal?: AbortSignal): Promise<{ results: OrderCard[] }> =>
  call("/api/orders", { session, signal });

export const getOrder = (id: string, session: string | null, signal?: AbortSignal): Promise<OrderCard> =>
  call(`/api/orders/${named(id)}`, { session, signal });

/** What became of its refunds, and what the rules would still allow. */
export const getRefunds = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<RefundsOfOrder> => call(`/api/refunds/${named(id)}`, { session, signal });

export const getDelivery = (
  id: string,
  session: string | null,
  signal?: AbortSignal,
): Promise<Schema<"DeliveryList">> => call(`/api/delivery/${named(id)}`, { session, signal });
