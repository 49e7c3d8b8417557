/** Price, rating and stock of a product. What the shop does not know is left out. */
import { Star } from "lucide-react";
import type { ProductSummary } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { useWords } from "@/messages";

export function Rating({ rating, count }: { rating: number; count: number | null }) {
  const { t, plural } = useWords();
  const label = t("products.rating", { rating });
  return (
    <span
      className="inline-flex items-center gap-1 text-sm text-ink-2"
      title={count ? plural("products.reviews", count) : label}
    >
      <Star size={14} aria-hidden className="fill-current" />
      <span className="sr-only">{label}</span>
      <span aria-hidden className="tabular">
        {rating.toFixed(1)}
      </span>
      {count !== null && <span className="tabular text-ink-3">({count})</span>}
    </span>
  );
}

export function Stock({ inStock }: { inStock: boolean | null }) {
  const { t } = useWords();
  if (inStock === null) return null;
  return inStock ? (
    <Badge tone="good">{t("products.instock")}</Badge>
  ) : (
    <Badge>{t("products.outofstock")}</Badge>
  );
}

interface PriceProps {
  product: Pick<ProductSummary, "price_cents" | "currency">;
  className?: string;
}

export function Price({ product, className }: PriceProps) {
  const { money, t } = useWords();
  return (
    <span className={className ?? "tabular font-semibold"}>
      {product.price_cents === null ? t("products.noprice") : money(product.price_cents, product.currency)}
    </span>
  );
}
