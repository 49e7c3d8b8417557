/** What works with a product, by category, or whether two products work together. */
import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import type { CompatibilityCard } from "@/api/types";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { ProductRow } from "./ProductRow";

const VERDICTS = {
  yes: { Icon: CircleCheck, tone: "bg-good-soft text-good" },
  no: { Icon: CircleX, tone: "bg-bad-soft text-bad" },
  unknown: { Icon: CircleHelp, tone: "bg-sunken text-ink-2" },
};

function Verdict({ fit, reasons }: { fit: NonNullable<CompatibilityCard["fit"]>; reasons: string[] }) {
  const { t } = useWords();
  const { Icon, tone } = VERDICTS[fit];
  return (
    <div className={`flex gap-3 px-4 py-3.5 ${tone}`}>
      <Icon size={20} aria-hidden className="mt-0.5 shrink-0" />
      <div>
        <p className="font-semibold">{t(`card.fit.${fit}`)}</p>
        {reasons.map((reason) => (
          <p key={reason} className="text-sm">
            {reason}
          </p>
        ))}
      </div>
    </div>
  );
}

export function CompatibilityCardView({ card }: { card: CompatibilityCard }) {
  const { t } = useWords();
  const title = t("card.fits", { name: card.product.name });
  return (
    <Panel label={title}>
      {card.fit && <Verdict fit={card.fit} reasons={card.reasons} />}
      {card.fit && <ProductRow product={card.product} />}
      {card.other && <ProductRow product={card.other} />}
      {!card.fit && <h2 className="border-b border-line px-4 py-2.5 text-sm tracking-normal">{title}</h2>}
      {Object.entries(card.groups).map(([category, items]) => (
        <div key={category} className="border-t border-line first:border-t-0">
          <h3 className="px-4 pt-3 text-xs font-semibold tracking-wide text-ink-3">{category}</h3>
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <li key={item.product.id}>
                <ProductRow product={item.product} note={item.reason} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}
