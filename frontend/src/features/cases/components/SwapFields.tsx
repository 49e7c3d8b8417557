/** For each line of an order the other options of its product, of which one may take its place. */
"use client";

import { useQueries } from "@tanstack/react-query";
import type { OrderLine } from "@/api/types";
import { Skeleton } from "@/components/ui/Feedback";
import { getProduct } from "@/features/catalogue/api/products";
import { Select } from "@/features/staff/components/Select";
import { useStaffWords } from "@/messages/staff";
import { swapField } from "../model/actions";

const optionsText = (options: Record<string, string>): string => Object.values(options).join(", ");

export function SwapFields({ lines }: { lines: OrderLine[] }) {
  const { t, money } = useStaffWords();
  const products = useQueries({
    queries: lines.map(({ product_id }) => ({
      queryKey: ["product", product_id],
      queryFn: ({ signal }: { signal: AbortSignal }) => getProduct(product_id, signal),
    })),
  });
  if (products.some(({ isPending }) => isPending)) return <Skeleton className="h-24" />;
  const swaps = lines.map((line, at) => {
    const product = products[at]?.data;
    const others = product?.variants.filter(({ id, available }) => available && id !== line.variant_id) ?? [];
    return { line, currency: product?.currency ?? "USD", others };
  });
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 text-sm font-medium">{t("desk.argument.items")}</legend>
      {swaps.map(({ line, currency, others }) =>
        others.length === 0 ? (
          <p key={line.id} className="text-ink-2">
            {t("desk.swap.none", { item: line.name })}
          </p>
        ) : (
          <Select
            key={line.id}
            name={swapField(line.id)}
            label={[line.name, optionsText(line.options)].filter(Boolean).join(", ")}
            options={[
              ["", t("desk.swap.keep")],
              ...others.map(
                ({ id, options, price_cents }) =>
                  [id, `${optionsText(options) || id}, ${money(price_cents, currency)}`] as const,
              ),
            ]}
          />
        ),
      )}
    </fieldset>
  );
}
