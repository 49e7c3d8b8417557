/** Products that belong to one: what works with it and why, what is like it and how. */
"use client";

import { useState } from "react";
import { ProductRow } from "@/components/cards/ProductRow";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import type { Relation } from "../api/products";
import { useRelated } from "../hooks/useProducts";

const AT_FIRST = 4;

export function Related({ id, relation }: { id: string; relation: Relation }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const { data, error } = useRelated(id, relation);
  if (error || data?.results.length === 0) return null; // an extra that is missing is not missed
  const shown = all ? data?.results : data?.results.slice(0, AT_FIRST);
  return (
    <section className="mt-7">
      <h3 className="mb-2 text-base">{t(`products.${relation}`)}</h3>
      {!shown && <Skeleton className="h-40" />}
      {shown && (
        <ul className="divide-y divide-line overflow-hidden rounded-card border border-line">
          {shown.map(({ product, reason }) => (
            <li key={product.id}>
              <ProductRow product={product} note={reason} />
            </li>
          ))}
        </ul>
      )}
      {data && data.results.length > AT_FIRST && !all && (
        <Button look="quiet" className="mt-1" onClick={() => setAll(true)}>
          {t("common.more")}
        </Button>
      )}
    </section>
  );
}
