/** A table of products side by side: differing rows are marked, the best value of a row is named. */
"use client";

import clsx from "clsx";
import { useState } from "react";
import type { ComparisonCard, ComparisonRow } from "@/api/types";
import { Price } from "@/components/product/ProductFacts";
import { Link } from "@/components/ui/Link";
import { Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { productPath } from "./ProductRow";

function Value({ text, best }: { text: string | null; best: boolean }) {
  const { t } = useWords();
  if (text === null) return <span className="text-ink-3">{t("card.comparison.unknown")}</span>;
  if (!best) return <bdi>{text}</bdi>;
  return (
    <>
      <bdi className="font-semibold">{text}</bdi>{" "}
      <span className="rounded-full bg-spark px-1.5 py-0.5 align-[1px] text-[11px] font-semibold text-on-spark">
        {t("card.comparison.best")}
      </span>
    </>
  );
}

function Row({ row, columns }: { row: ComparisonRow; columns: string[] }) {
  const { t } = useWords();
  return (
    <tr data-differs={row.differs} className="border-t border-line">
      <th
        scope="row"
        className={clsx(
          "sticky start-0 z-[1] border-s-3 bg-surface px-3 py-2.5 text-start align-top font-normal wrap-break-word text-ink-2",
          row.differs ? "border-s-focus" : "border-s-transparent",
        )}
      >
        {row.label}
        {row.differs && <span className="sr-only"> ({t("card.comparison.differs")})</span>}
      </th>
      {columns.map((id, index) => (
        <td key={id} className={clsx("px-3 py-2.5 align-top wrap-anywhere", !row.differs && "text-ink-3")}>
          <Value text={row.values[index] ?? null} best={row.best === index} />
        </td>
      ))}
    </tr>
  );
}

export function ComparisonCardView({ card }: { card: ComparisonCard }) {
  const { t } = useWords();
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const rows = onlyDiffering ? card.rows.filter((row) => row.differs) : card.rows;
  const columns = card.products.map((product) => product.id);
  return (
    <Panel label={t("card.comparison")}>
      <label className="flex items-center justify-end gap-2 border-b border-line px-4 py-2 text-sm text-ink-2">
        <input
          type="checkbox"
          className="size-4 accent-brand"
          checked={onlyDiffering}
          onChange={(event) => setOnlyDiffering(event.target.checked)}
        />
        {t("card.comparison.only")}
      </label>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling place, not a set of inputs */}
      <div
        role="group"
        className="overflow-x-auto focus-visible:-outline-offset-2"
        aria-label={t("card.comparison")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
      >
        <table
          className={clsx("w-full border-collapse text-sm", card.products.length > 2 && "min-w-[34rem]")}
        >
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky start-0 z-[1] bg-surface px-3 py-3 text-start font-normal text-ink-3"
              >
                {t("card.comparison.feature")}
              </th>
              {card.products.map((product) => (
                <th
                  key={product.id}
                  scope="col"
                  className="max-w-44 min-w-24 px-3 py-3 text-start align-top wrap-anywhere"
                >
                  <Link href={productPath(product.id)} className="font-semibold hover:underline">
                    {product.name}
                  </Link>
                  <Price product={product} className="tabular block font-normal text-ink-3" />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.name} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
