/** Search, category and order of the catalogue. */
"use client";

import { Search, SlidersHorizontal } from "lucide-react";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { type MessageKey, useWords } from "@/messages";
import type { CatalogueAddress } from "../hooks/useCatalogueAddress";

const TYPING_MS = 250;

const SORTS: [value: string, key: MessageKey][] = [
  ["relevance", "products.sort.relevance"],
  ["price", "products.sort.price_asc"],
  ["-price", "products.sort.price_desc"],
  ["rating", "products.sort.rating"],
  ["name", "products.sort.name"],
];

function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value; // the address changed by itself: a link was followed or the reader went back
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onSearch(text);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className="relative min-w-0 flex-1">
      <Search size={18} aria-hidden className="absolute start-3.5 top-1/2 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label={t("products.search")}
        placeholder={t("products.search.placeholder")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-11 w-full rounded-control border border-line-strong bg-surface ps-10 pe-3 text-base placeholder:text-ink-3"
      />
    </div>
  );
}

function Categories({
  counts,
  chosen,
  onChoose,
}: {
  counts: Record<string, number>;
  chosen: string;
  onChoose: (category: string) => void;
}) {
  const { t } = useWords();
  return (
    <fieldset className="min-w-0 flex gap-2 overflow-x-auto px-1 py-1 [scrollbar-width:none] -mx-1 max-sm:pe-6 sm:flex-wrap">
      <legend className="sr-only">{t("products.category")}</legend>
      {["", ...Object.keys(counts)].map((category) => (
        <Button
          key={category}
          look="chip"
          aria-pressed={chosen === category}
          onClick={() => onChoose(category)}
          className="shrink-0 aria-pressed:border-brand! aria-pressed:bg-brand! aria-pressed:text-on-brand!"
        >
          {category || t("products.category.all")}
        </Button>
      ))}
    </fieldset>
  );
}

interface CatalogueFiltersProps {
  address: CatalogueAddress;
  counts: Record<string, number>;
  /** Opens the facets where they do not stand beside the products. */
  onNarrow: () => void;
}

export function CatalogueFilters({ address, counts, onNarrow }: CatalogueFiltersProps) {
  const { t } = useWords();
  const id = useId();
  const { change } = address;
  const search = useCallback((q: string) => change({ q, page: null }), [change]);
  return (
    <div className="space-y-4">
      <div className="flex flex-col gap-3 sm:flex-row">
        <SearchBox value={address.q} onSearch={search} />
        <label htmlFor={id} className="sr-only">
          {t("products.sort")}
        </label>
        <div className="flex gap-3">
          <Button look="secondary" className="flex-1 lg:hidden!" onClick={onNarrow}>
            <SlidersHorizontal size={16} aria-hidden />
            {t("products.filter")}
          </Button>
          <select
            id={id}
            value={address.sort}
            onChange={(event) => change({ sort: event.target.value, page: null })}
            className="h-11 min-w-0 rounded-control border border-line-strong bg-surface px-3 max-lg:flex-1"
          >
            {SORTS.map(([value, key]) => (
              <option key={value} value={value}>
                {t(key)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Categories
        counts={counts}
        chosen={address.category}
        onChoose={(category) => change({ category, spec: null, page: null })}
      />
    </div>
  );
}
