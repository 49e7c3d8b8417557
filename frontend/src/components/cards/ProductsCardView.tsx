/** The products that a search found. */
import type { ProductsCard } from "@/api/types";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { ProductRow } from "./ProductRow";

export function ProductsCardView({ card }: { card: ProductsCard }) {
  const { t } = useWords();
  return (
    <Panel label={card.title}>
      <header className="flex items-baseline justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="text-sm tracking-normal">{card.title}</h2>
        <span className="tabular text-sm whitespace-nowrap text-ink-3">
          {t("card.products.total", { shown: card.items.length, total: card.total })}
        </span>
      </header>
      <ul className="divide-y divide-line">
        {card.items.map((product) => (
          <li key={product.id}>
            <ProductRow product={product} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
