/** A product in the catalogue's grid. */
"use client";

import type { ProductSummary } from "@/api/types";
import { productPath } from "@/components/cards/ProductRow";
import { ProductArt } from "@/components/product/ProductArt";
import { Price, Rating } from "@/components/product/ProductFacts";
import { Skeleton } from "@/components/ui/Feedback";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { CompareToggle } from "./CompareToggle";

interface ProductTileProps {
  product: ProductSummary;
  heading?: "h2" | "h3";
}

export function ProductTile({ product, heading: Heading = "h2" }: ProductTileProps) {
  const { t } = useWords();
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-card border border-line bg-surface transition-[border-color,box-shadow] hover:border-line-strong hover:shadow-float">
      <ProductArt {...product} className="aspect-[4/3] w-full" />
      <CompareToggle product={product} compact />
      <div className="flex flex-1 flex-col p-4">
        <div className="flex items-center justify-between gap-2 text-sm text-ink-3">
          <span className="truncate">{product.category}</span>
          {product.rating !== null && <Rating rating={product.rating} count={null} />}
        </div>
        <Heading className="mt-1 text-[15.5px] leading-snug tracking-[-0.01em]">
          <Link
            href={productPath(product.id)}
            scroll={false}
            prefetch={false}
            className="after:absolute after:inset-0"
          >
            {product.name}
          </Link>
        </Heading>
        <p className="mt-1 line-clamp-2 text-sm text-ink-3">{product.highlights.slice(0, 3).join(" · ")}</p>
        <p className="mt-auto flex flex-wrap items-baseline justify-between gap-x-2 pt-3">
          <Price product={product} />
          {product.in_stock === false && (
            <span className="text-sm whitespace-nowrap text-ink-3">{t("products.outofstock")}</span>
          )}
        </p>
      </div>
    </article>
  );
}

export function TileSkeletons({ count }: { count: number }) {
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <li key={index} aria-hidden>
      <div className="h-full overflow-hidden rounded-card border border-line bg-surface">
        <Skeleton className="aspect-[4/3] w-full rounded-none!" />
        <div className="space-y-2.5 p-4 pb-5">
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-4 w-1/4" />
        </div>
      </div>
    </li>
  ));
}
