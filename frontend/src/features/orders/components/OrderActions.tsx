/** What can be done with an order: each is first shown in full and happens when it is confirmed. */
"use client";

import { useState } from "react";
import type { OrderCard } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { ActionFlow } from "@/components/shell/ActionFlow";
import { useAction } from "@/components/shell/useAction";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useRefunds } from "../hooks/useOrder";
import { AddressForm } from "./AddressForm";
import { CancelForm } from "./CancelForm";
import { ReturnForm } from "./ReturnForm";

type Wish = "cancel" | "address" | "return";

const isPending = (order: OrderCard): boolean => order.status.startsWith("pending");

function Returning({ order, busy, onReturn }: Omit<Parameters<typeof ReturnForm>[0], "rules">) {
  const { data } = useRefunds(order.id);
  if (!data) return <Skeleton className="h-24" />;
  const any = Object.values(data.lines).some(({ allowed }) => allowed);
  if (!any) return <p className="text-ink-2">{data.eligibility.reason}</p>;
  return <ReturnForm order={order} rules={data} busy={busy} onReturn={onReturn} />;
}

/** One wish with its form; begun anew for each, so that nothing of another is left. */
function Opened({ wish, order }: { wish: Wish; order: OrderCard }) {
  const { t } = useWords();
  const action = useAction();
  const { busy, propose } = action;
  const order_id = order.id;
  const settled = action.pending !== null || action.outcome !== null || action.needsProof;
  return (
    <section
      aria-label={t(`orders.do.${wish}`)}
      className="mt-4 animate-rise space-y-4 rounded-card border border-line bg-surface p-5"
    >
      {!settled && wish === "cancel" && (
        <CancelForm busy={busy} onCancel={(reason) => propose("cancel_order", { order_id, reason })} />
      )}
      {!settled && wish === "address" && (
        <AddressForm busy={busy} onSend={(address) => propose("change_address", { order_id, address })} />
      )}
      {!settled && wish === "return" && (
        <Returning
          order={order}
          busy={busy}
          onReturn={(given) => propose("return_items", { order_id, ...given })}
        />
      )}
      <ActionFlow action={action} known />
    </section>
  );
}

export function OrderActions({ order }: { order: OrderCard }) {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  const [wish, setWish] = useState<Wish | null>(null);
  const wishes: Wish[] = isPending(order) ? ["address", "cancel"] : ["return"];
  return (
    <section aria-label={t("orders.ask.label")} className="mt-5">
      <div className="flex flex-wrap gap-2">
        {wishes.map((one) => (
          <Button
            key={one}
            look="secondary"
            aria-expanded={wish === one}
            onClick={() => setWish(wish === one ? null : one)}
          >
            {t(`orders.do.${one}`)}
          </Button>
        ))}
        <ButtonLink look="secondary" href={`/complaints/?order=${encodeURIComponent(order.id)}`}>
          {t("orders.ask.problem")}
        </ButtonLink>
        <Button
          look="secondary"
          disabled={busy}
          onClick={() => ask(say("orders.ask.where.message", { id: order.id }))}
        >
          {t("orders.ask.assistant")}
        </Button>
      </div>
      {wish && <Opened key={wish} wish={wish} order={order} />}
    </section>
  );
}
