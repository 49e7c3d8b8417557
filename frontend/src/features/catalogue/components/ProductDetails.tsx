/** Everything the shop knows about one product, and what to ask about it. */
"use client";

import { MessageCircle } from "lucide-react";
import type { ProductDetail, Variant } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { SpecList } from "@/components/cards/ProductCardView";
import { ProductArt } from "@/components/product/ProductArt";
import { Price, Rating, Stock } from "@/components/product/ProductFacts";
import { Button } from "@/components/ui/Button";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useProduct } from "../hooks/useProducts";
import { CompareToggle } from "./CompareToggle";
import { Related } from "./Related";

function Variants({ variants, currency }: { variants: Variant[]; currency: string }) {
  const { t, money } = useWords();
  const named = variants.filter((variant) => Object.keys(variant.options).length > 0);
  if (named.length === 0) return null;
  return (
    <section className="mt-7">
      <h3 className="text-base">{t("products.variants")}</h3>
      <ul className="mt-2 divide-y divide-line text-sm">
        {named.map((variant) => (
          <li key={variant.id} className="flex items-center justify-between gap-4 py-2">
            <span>{Object.values(variant.options).join(", ")}</span>
            <span className="flex items-center gap-3">
              {(!variant.available || variant.stock === 0) && <Stock inStock={false} />}
              <span className="tabular font-medium">{money(variant.price_cents, currency)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Questions({ product, onAsk }: { product: ProductDetail; onAsk: () => void }) {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  const { name } = product;
  const send = (text: string) => {
    onAsk();
    ask(text);
  };
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <Button disabled={busy} onClick={() => send(say("products.ask.message", { name }))}>
        <MessageCircle size={17} aria-hidden />
        {t("products.ask")}
      </Button>
      <CompareToggle product={product} />
    </div>
  );
}

function Facts({ product, onAsk }: { product: ProductDetail; onAsk: () => void }) {
  const { t } = useWords();
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[15rem_1fr] sm:gap-7">
        <ProductArt {...product} className="aspect-[4/3] w-full rounded-card sm:aspect-square" />
        <div>
          <p className="text-sm text-ink-3">
            {[product.brand, product.category, product.model].filter(Boolean).join(" · ")}
          </p>
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <Price product={product} className="tabular text-2xl font-semibold tracking-tight" />
            {product.rating !== null && <Rating rating={product.rating} count={product.review_count} />}
            <Stock inStock={product.in_stock} />
          </div>
          <p className="mt-3 text-ink-2">{product.description}</p>
          <Questions product={product} onAsk={onAsk} />
        </div>
      </div>
      <Variants variants={product.variants} currency={product.currency} />
      {product.specs.length > 0 && (
        <section className="mt-7">
          <h3 className="mb-1 text-base">{t("products.specs")}</h3>
          <SpecList specs={product.specs.map((spec) => [spec.label, spec.text])} />
        </section>
      )}
      <Related id={product.id} relation="compatible" />
      <Related id={product.id} relation="similar" />
    </>
  );
}

export function ProductDetails({ id, onAsk }: { id: string; onAsk: () => void }) {
  const { data, error, refetch } = useProduct(id);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" />;
  return <Facts product={data} onAsk={onAsk} />;
}

export function useProductTitle(id: string): string {
  const { t } = useWords();
  const { data } = useProduct(id);
  return data?.name ?? t("common.loading");
}
