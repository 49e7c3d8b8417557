/** Where the parcels of an order are, looked at again by itself while the page is open. */
"use client";

import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { DeliveryCardView } from "@/components/cards/DeliveryCardView";
import { GuestForm } from "@/components/shell/GuestForm";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Empty, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useDelivery, useProof } from "../hooks/useOrder";

function Parcels({
  id,
  parcels,
}: {
  id: string;
  parcels: NonNullable<ReturnType<typeof useDelivery>["data"]>;
}) {
  const { t } = useWords();
  return (
    <div className="mt-6 space-y-4">
      {parcels.deliveries.map((delivery) => (
        <DeliveryCardView
          key={delivery.tracking_number ?? delivery.status}
          card={{ type: "delivery", delivery }}
        />
      ))}
      {parcels.deliveries.length === 0 && <Empty>{t("delivery.none")}</Empty>}
      <div className="flex flex-wrap gap-2">
        <ButtonLink look="secondary" href={`/orders/?id=${encodeURIComponent(id)}`}>
          {t("track.order")}
        </ButtonLink>
        <Button look="quiet" onClick={() => changeAddress({ id: null })}>
          {t("track.another")}
        </Button>
      </div>
    </div>
  );
}

export function TrackPage() {
  const { t } = useWords();
  const id = useSearchParams().get("id");
  const delivery = useDelivery(id);
  const proof = useProof((orderId) => changeAddress({ id: orderId }));
  return (
    <div className="page max-w-2xl! pt-10">
      <h1 className="text-4xl">{t("track.title")}</h1>
      {id && delivery.data && <Parcels id={id} parcels={delivery.data} />}
      {!delivery.data && (
        <>
          <p className="mt-2 mb-6 text-ink-2">{t("orders.lead")}</p>
          {delivery.isLoading ? (
            <Skeleton className="h-56 w-full rounded-card!" />
          ) : (
            <GuestForm
              orderId={id ?? ""}
              submitLabel={t("track.submit")}
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
