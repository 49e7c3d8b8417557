/** The products picked for comparison, at the foot of every page of the shop. */
"use client";

import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { ProductArt } from "@/components/product/ProductArt";
import { Button, ButtonLink } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { MOST_COMPARED, type Picked, useCompared } from "../hooks/Compared";

function Item({ product, onRemove }: { product: Picked; onRemove: () => void }) {
  const { t } = useWords();
  return (
    <li className="relative">
      <ProductArt {...product} className="size-11 rounded-small" />
      <span className="sr-only">{product.name}</span>
      <button
        type="button"
        aria-label={t("products.compare.remove", { name: product.name })}
        title={t("products.compare.remove", { name: product.name })}
        onClick={onRemove}
        className="absolute -end-2 -top-2 flex size-6 items-center justify-center rounded-full border border-line bg-surface text-ink-2 hover:text-ink"
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  );
}

export function CompareTray() {
  const { t } = useWords();
  const { picked, toggle, clear } = useCompared();
  const path = usePathname();
  if (picked.length === 0) return null;
  const ids = picked.map(({ id }) => id).join(",");
  return (
    <section
      aria-label={t("products.compare.tray")}
      className="fixed start-3 bottom-3 z-30 flex max-w-[calc(100vw-10.5rem)] animate-rise flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface p-3 shadow-float sm:start-5 sm:bottom-5"
    >
      <ul className="flex gap-3">
        {picked.map((product) => (
          <Item key={product.id} product={product} onRemove={() => toggle(product)} />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {t("products.compare.count", { count: picked.length, most: MOST_COMPARED })}
      </p>
      <div className="flex items-center gap-1">
        {picked.length > 1 ? (
          <ButtonLink
            href={`/products/?compare=${ids}`}
            replace={path === "/products/"}
            className="h-10! px-4!"
          >
            {t("products.compare.go", { count: picked.length })}
          </ButtonLink>
        ) : (
          <span className="text-sm text-ink-3 max-sm:hidden">{t("products.compare.more")}</span>
        )}
        <Button look="quiet" onClick={clear}>
          {t("products.compare.clear")}
        </Button>
      </div>
    </section>
  );
}
