/** The orders that the session may see, newest first. */
"use client";

import type { OrderCard } from "@/api/types";
import { OrderRow } from "@/components/cards/OrderRow";
import { useWords } from "@/messages";

export function OrderList({ orders, onOpen }: { orders: OrderCard[]; onOpen: (id: string) => void }) {
  const { t } = useWords();
  return (
    <ul
      aria-label={t("orders.card.title")}
      className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-card"
    >
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} onOpen={onOpen} />
      ))}
    </ul>
  );
}
