/** One product as a line of a card, leading to its page. */

import type { ReactNode } from "react";
import type { ProductSummary } from "@/api/types";
import { ProductArt } from "@/components/product/ProductArt";
import { Price, Rating } from "@/components/product/ProductFacts";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";

export const productPath = (id: string): string => `/products/?id=${encodeURIComponent(id)}`;

export function ProductRow({ product, note }: { product: ProductSummary; note?: ReactNode }) {
  const { t } = useWords();
  return (
    <Link
      href={productPath(product.id)}
      prefetch={false}
      className="group flex items-center gap-3.5 px-3.5 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
    >
      <ProductArt {...product} className="size-14 rounded-control" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium group-hover:underline">{product.name}</span>
        <span className="line-clamp-2 text-sm text-ink-3">
          {note ?? (product.highlights.join(" · ") || product.category)}
        </span>
      </span>
      <span className="flex shrink-0 flex-col items-end gap-0.5">
        <Price product={product} />
        {product.rating !== null && <Rating rating={product.rating} count={null} />}
        {product.in_stock === false && <span className="text-xs text-ink-3">{t("products.outofstock")}</span>}
      </span>
    </Link>
  );
}
