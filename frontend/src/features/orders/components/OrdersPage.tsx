/** Looks an order up by its number and e-mail address and shows it with what can be done. */
"use client";

import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { useAssistant } from "@/assistant/context";
import { OrderCardView } from "@/components/cards/OrderCardView";
import { GuestForm } from "@/components/shell/GuestForm";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useOrder, useProof } from "../hooks/useOrder";

const WISHES = ["where", "return", "problem"] as const;

function Wishes({ id }: { id: string }) {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  return (
    <section aria-label={t("orders.ask.label")} className="mt-5 flex flex-wrap gap-2">
      {WISHES.map((wish) => (
        <Button
          key={wish}
          look="secondary"
          disabled={busy}
          onClick={() => ask(t(`orders.ask.${wish}.message`, { id }))}
        >
          {t(`orders.ask.${wish}`)}
        </Button>
      ))}
    </section>
  );
}

export function OrdersPage() {
  const { t } = useWords();
  const id = useSearchParams().get("id");
  const show = (orderId: string | null) => changeAddress({ id: orderId });
  const order = useOrder(id);
  const proof = useProof(show);
  return (
    <div className="page max-w-2xl! pt-10">
      <h1 className="text-4xl">{t("orders.title")}</h1>
      {order.data ? (
        <div className="mt-6">
          <OrderCardView card={{ type: "order", ...order.data }} />
          <Wishes id={order.data.id} />
          <Button look="quiet" className="mt-6" onClick={() => show(null)}>
            {t("orders.another")}
          </Button>
        </div>
      ) : (
        <>
          <p className="mt-2 mb-6 text-ink-2">{t("orders.lead")}</p>
          {order.isFetching ? (
            <Skeleton className="h-72 w-full rounded-card!" />
          ) : (
            <GuestForm
              orderId={id ?? ""}
              submitLabel={t("orders.submit")}
              busy={proof.isPending}
              error={proof.error}
              onProve={(orderId, email) => proof.mutate({ orderId, email })}
            />
          )}
        </>
      )}
    </div>
  );
}
