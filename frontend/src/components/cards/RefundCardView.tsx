/** Money on its way back. */
import type { RefundCard } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { Facts, Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { toneOf } from "./tones";

export function RefundCardView({ card }: { card: RefundCard }) {
  const { t, money, day, label } = useWords();
  const title = t("refund.title", { id: card.id });
  const facts: [string, string][] = [];
  if (card.method) facts.push([t("refund.method"), card.method]);
  if (card.expected_by) facts.push([t("refund.expected"), day(card.expected_by)]);
  return (
    <Panel label={title} className="p-4">
      <header className="flex items-start justify-between gap-3">
        <div>
          <h2 className="tabular text-base">{title}</h2>
          <p className="text-sm text-ink-3">{t("refund.order", { id: card.order_id })}</p>
        </div>
        <Badge tone={toneOf(card.status)}>{label("refund.status", card.status)}</Badge>
      </header>
      <p className="tabular mt-3 mb-3 text-2xl font-semibold tracking-tight">
        {money(card.amount_cents, card.currency)}
      </p>
      {facts.length > 0 && <Facts facts={facts} />}
    </Panel>
  );
}
