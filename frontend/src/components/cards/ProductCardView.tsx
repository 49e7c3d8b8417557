/** One product with its specifications and what to ask next. */
"use client";

import { useState } from "react";
import type { ProductCard } from "@/api/types";
import { ProductArt } from "@/components/product/ProductArt";
import { Price, Rating, Stock } from "@/components/product/ProductFacts";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { productPath } from "./ProductRow";

const SPECS_AT_FIRST = 6;

export function SpecList({ specs }: { specs: ProductCard["specs"] }) {
  return (
    <dl className="divide-y divide-line text-sm">
      {specs.map(([label, text]) => (
        <div key={label} className="grid grid-cols-[minmax(7rem,2fr)_3fr] gap-4 py-2">
          <dt className="text-ink-3">{label}</dt>
          <dd className="min-w-0 break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

export function ProductCardView({ card }: { card: ProductCard }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const { product } = card;
  const specs = all ? card.specs : card.specs.slice(0, SPECS_AT_FIRST);
  return (
    <Panel label={product.name}>
      <div className="flex gap-4 p-4">
        <ProductArt {...product} className="size-24 rounded-control" />
        <div className="min-w-0 flex-1">
          <p className="text-sm text-ink-3">
            {[product.brand, product.category].filter(Boolean).join(" · ")}
          </p>
          <h2 className="mt-0.5 text-base">{product.name}</h2>
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <Price product={product} className="tabular text-lg font-semibold" />
            {product.rating !== null && <Rating rating={product.rating} count={product.review_count} />}
            <Stock inStock={product.in_stock} />
          </div>
        </div>
      </div>
      {specs.length > 0 && (
        <div className="border-t border-line px-4 py-2">
          <SpecList specs={specs} />
        </div>
      )}
      <div className="flex gap-2 border-t border-line px-2 py-1.5">
        <ButtonLink look="quiet" href={productPath(product.id)}>
          {t("products.details")}
        </ButtonLink>
        {card.specs.length > SPECS_AT_FIRST && !all && (
          <Button look="quiet" onClick={() => setAll(true)}>
            {t("common.more")}
          </Button>
        )}
      </div>
    </Panel>
  );
}
