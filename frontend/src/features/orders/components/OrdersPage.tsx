/** The shopper's orders: looked up by number and e-mail address, or all of them after a code by mail. */
"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { changeAddress } from "@/address";
import type { OrderCard } from "@/api/types";
import { OrderCardView } from "@/components/cards/OrderCardView";
import { RefundCardView } from "@/components/cards/RefundCardView";
import { CodeForm } from "@/components/shell/CodeForm";
import { GuestForm } from "@/components/shell/GuestForm";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useOrder, useOrders, useProof, useRefunds } from "../hooks/useOrder";
import { OrderActions } from "./OrderActions";
import { OrderList } from "./OrderList";

function Refunds({ id }: { id: string }) {
  const { data } = useRefunds(id);
  return data?.refunds.map((refund) => (
    <div key={refund.id} className="mt-4">
      <RefundCardView card={{ ...refund, type: "refund", method: refund.method_label }} />
    </div>
  ));
}

function Opened({ order, onBack }: { order: OrderCard; onBack: () => void }) {
  const { t } = useWords();
  return (
    <div className="mt-6">
      <OrderCardView card={order} />
      <Refunds id={order.id} />
      <OrderActions key={order.id} order={order} />
      <Button look="quiet" className="mt-6" onClick={onBack}>
        {t("orders.another")}
      </Button>
    </div>
  );
}

/** Two ways to show who is asking: one order at once, or all of them. */
function Door({ id, onOpen }: { id: string | null; onOpen: (id: string) => void }) {
  const { t } = useWords();
  const proof = useProof(onOpen);
  const [byCode, setByCode] = useState(false);
  return (
    <>
      <p className="mt-2 mb-6 text-ink-2">{t(byCode ? "orders.lead.code" : "orders.lead")}</p>
      {byCode ? (
        <CodeForm onProved={() => undefined} />
      ) : (
        <GuestForm
          orderId={id ?? ""}
          submitLabel={t("orders.submit")}
          busy={proof.isPending}
          error={proof.error}
          onProve={(orderId, email) => proof.mutate({ orderId, email })}
        />
      )}
      <Button
        look="quiet"
        className="mt-3 -ms-2.5 h-auto! min-h-9 py-1.5 text-start whitespace-normal!"
        onClick={() => setByCode(!byCode)}
      >
        {t(byCode ? "orders.bynumber" : "orders.bycode")}
      </Button>
    </>
  );
}

export function OrdersPage() {
  const { t } = useWords();
  const id = useSearchParams().get("id");
  const show = (orderId: string | null) => changeAddress({ id: orderId });
  const order = useOrder(id);
  const orders = useOrders();
  const own = orders.data?.results ?? [];
  const loading = order.isFetching || (orders.isLoading && own.length === 0);
  return (
    <div className="page max-w-2xl! pt-10">
      <h1 className="text-4xl">{t("orders.title")}</h1>
      {order.data && <Opened order={order.data} onBack={() => show(null)} />}
      {!order.data && loading && <Skeleton className="mt-6 h-72 w-full rounded-card!" />}
      {!order.data && !loading && own.length > 0 && !id && (
        <div className="mt-6 mb-8">
          <OrderList orders={own} onOpen={show} />
        </div>
      )}
      {!order.data && (
        <div hidden={loading}>
          <Door id={id} onOpen={show} />
        </div>
      )}
    </div>
  );
}
