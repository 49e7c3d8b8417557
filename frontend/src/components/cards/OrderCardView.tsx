/** An order: its state, what is in it, what it cost, and where its parcels are. */
import type { OrderCard, OrderLine } from "@/api/types";
import { ProductArt } from "@/components/product/ProductArt";
import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { DeliveryTimeline } from "./DeliveryTimeline";
import { toneOf } from "./tones";

function Line({ line, currency }: { line: OrderLine; currency: string }) {
  const { t, money } = useWords();
  const options = Object.values(line.options);
  const details = line.quantity > 1 ? [...options, t("order.quantity", { count: line.quantity })] : options;
  return (
    <li className="flex items-center gap-3.5 px-4 py-3">
      <ProductArt name={line.name} category="" className="size-11 rounded-small" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{line.name}</p>
        {details.length > 0 && <p className="text-sm text-ink-3">{details.join(" · ")}</p>}
      </div>
      <span className="tabular">{money(line.unit_price_cents * line.quantity, currency)}</span>
    </li>
  );
}

export function OrderCardView({ card }: { card: OrderCard }) {
  const { t, money, day, label } = useWords();
  const title = t("order.title", { id: card.id });
  return (
    <Panel label={title}>
      <header className="flex items-center justify-between gap-3 px-4 pt-3.5 pb-2.5">
        <div>
          <h2 className="tabular text-base">{title}</h2>
          {card.placed_at && (
            <p className="text-sm text-ink-3">{t("order.placed", { date: day(card.placed_at) })}</p>
          )}
        </div>
        <Badge tone={toneOf(card.status)}>{label("order.status", card.status)}</Badge>
      </header>
      <ul className="divide-y divide-line border-t border-line">
        {card.lines.map((line) => (
          <Line key={line.id} line={line} currency={card.currency} />
        ))}
      </ul>
      <p className="flex justify-between border-t border-line px-4 py-3 font-semibold">
        <span>{t("order.total")}</span>
        <span className="tabular">{money(card.total_cents, card.currency)}</span>
      </p>
      {card.deliveries.map((delivery) => (
        <div key={delivery.tracking_number ?? delivery.status} className="border-t border-line">
          <DeliveryTimeline delivery={delivery} />
        </div>
      ))}
    </Panel>
  );
}
