/** The customer's orders; picking one asks for it. */
"use client";

import type { OrdersCard } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { OrderRow } from "./OrderRow";

export function OrdersCardView({ card }: { card: OrdersCard }) {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  return (
    <Panel label={t("orders.card.title")}>
      <h2 className="border-b border-line px-4 py-2.5 text-sm tracking-normal">{t("orders.card.title")}</h2>
      <ul className="divide-y divide-line">
        {card.orders.map((order) => (
          <OrderRow
            key={order.id}
            order={order}
            disabled={busy}
            onOpen={(id) => ask(say("orders.card.message", { id }))}
          />
        ))}
      </ul>
    </Panel>
  );
}
