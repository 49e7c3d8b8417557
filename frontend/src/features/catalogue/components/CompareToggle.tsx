/** Picks a product for comparison, or puts it back. */
"use client";

import clsx from "clsx";
import { Check, Scale } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { MOST_COMPARED, type Picked, useCompared } from "../hooks/Compared";

interface CompareToggleProps {
  product: Picked;
  /** On a tile it is a sign only; its words are for who cannot see it. */
  compact?: boolean;
}

export function CompareToggle({ product, compact = false }: CompareToggleProps) {
  const { t } = useWords();
  const { picked, toggle } = useCompared();
  const chosen = picked.some(({ id }) => id === product.id);
  const full = picked.length >= MOST_COMPARED && !chosen;
  const Icon = chosen ? Check : Scale;
  const label = t("products.compare.pick", { name: product.name });
  const title = full ? t("products.compare.full", { count: MOST_COMPARED }) : label;
  if (!compact)
    return (
      <Button look="secondary" disabled={full} aria-pressed={chosen} onClick={() => toggle(product)}>
        <Icon size={17} aria-hidden />
        {t(chosen ? "products.compare.picked" : "products.compare.add")}
      </Button>
    );
  return (
    <button
      type="button"
      disabled={full}
      aria-pressed={chosen}
      aria-label={label}
      title={title}
      onClick={() => toggle(product)}
      className={clsx(
        "absolute end-2.5 top-2.5 z-10 inline-flex size-9 items-center justify-center rounded-full border border-line shadow-card transition-colors disabled:opacity-40",
        chosen ? "bg-brand text-on-brand" : "bg-surface text-ink-2 enabled:hover:text-ink",
      )}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}
