/** The orders that the session may see, newest first. */
"use client";

import { ChevronRight } from "lucide-react";
import type { OrderCard } from "@/api/types";
import { toneOf } from "@/components/cards/tones";
import { Badge } from "@/components/ui/Badge";
import { useWords } from "@/messages";

export function OrderList({ orders, onOpen }: { orders: OrderCard[]; onOpen: (id: string) => void }) {
  const { t, plural, money, day, label } = useWords();
  return (
    <ul
      aria-label={t("orders.card.title")}
      className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-card"
    >
      {orders.map((order) => (
        <li key={order.id}>
          <button
            type="button"
            onClick={() => onOpen(order.id)}
            className="flex w-full items-center gap-3 px-4 py-3.5 text-start transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
          >
            <span className="min-w-0 flex-1">
              <span className="tabular block font-medium">{order.id}</span>
              <span className="text-sm text-ink-3">
                {[
                  order.placed_at && day(order.placed_at),
                  plural("orders.card.items", order.lines.length),
                  money(order.total_cents, order.currency),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <Badge tone={toneOf(order.status)}>{label("order.status", order.status)}</Badge>
            <ChevronRight size={16} aria-hidden className="text-ink-3 rtl:rotate-180" />
          </button>
        </li>
      ))}
    </ul>
  );
}
