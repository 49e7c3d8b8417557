/** The customer's orders; picking one asks for it. */
"use client";

import { ChevronRight } from "lucide-react";
import type { OrdersCard } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { toneOf } from "./tones";

export function OrdersCardView({ card }: { card: OrdersCard }) {
  const { t, plural, money, day, label } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  return (
    <Panel label={t("orders.card.title")}>
      <h2 className="border-b border-line px-4 py-2.5 text-sm tracking-normal">{t("orders.card.title")}</h2>
      <ul className="divide-y divide-line">
        {card.orders.map((order) => (
          <li key={order.id}>
            <button
              type="button"
              disabled={busy}
              onClick={() => ask(say("orders.card.message", { id: order.id }))}
              className="flex w-full items-center gap-3 px-4 py-3 text-start transition-colors enabled:hover:bg-sunken focus-visible:-outline-offset-2"
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
    </Panel>
  );
}
