/** The delivery of one parcel. */
import type { DeliveryCard } from "@/api/types";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { DeliveryTimeline } from "./DeliveryTimeline";

export function DeliveryCardView({ card }: { card: DeliveryCard }) {
  const { t } = useWords();
  const title = t("delivery.of", { id: card.delivery.order_id });
  return (
    <Panel label={title}>
      <h2 className="border-b border-line px-4 py-2.5 text-sm tracking-normal">{title}</h2>
      <DeliveryTimeline delivery={card.delivery} />
    </Panel>
  );
}
