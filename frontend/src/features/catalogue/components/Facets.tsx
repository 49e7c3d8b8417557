/** What can narrow the catalogue further: brands, prices and specifications, each value with its count. */
"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import type { Facet } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";
import type { CatalogueAddress } from "../hooks/useCatalogueAddress";
import { type FacetValue, figuresText, isChosen, toggled, units } from "../model/facets";

const AT_FIRST = 6;
/** Of the groups as many stand open; what is chosen in the others shows them too. */
const OPEN_GROUPS = 6;

interface GroupProps {
  facet: Facet;
  open: boolean;
  textOf: (value: FacetValue) => string;
  chosen: (value: FacetValue) => boolean;
  onChoose: (value: FacetValue) => void;
}

function Group({ facet, open, textOf, chosen, onChoose }: GroupProps) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const [openAtFirst] = useState(open || facet.values.some(chosen));
  const shown = all ? facet.values : facet.values.filter((v, n) => n < AT_FIRST || chosen(v));
  return (
    <details open={openAtFirst} className="group border-t border-line py-4 first:border-t-0 first:pt-0">
      <summary className="flex list-none items-center gap-2 rounded-small text-sm font-semibold [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">{facet.label}</span>
        <ChevronDown
          size={15}
          aria-hidden
          className="text-ink-3 transition-transform group-open:rotate-180"
        />
      </summary>
      <fieldset aria-label={facet.label} className="mt-2">
        <ul className="space-y-0.5">
          {shown.map((value) => (
            <li key={value.value}>
              <label className="-mx-1.5 flex cursor-pointer items-center gap-2.5 rounded-small px-1.5 py-1 text-sm hover:bg-sunken has-checked:font-medium">
                <input
                  type="checkbox"
                  checked={chosen(value)}
                  onChange={() => onChoose(value)}
                  className="size-4 shrink-0 accent-brand"
                />
                <span className="min-w-0 flex-1 break-words">{textOf(value)}</span>
                <span className="tabular text-xs text-ink-3">{value.count}</span>
              </label>
            </li>
          ))}
        </ul>
        {facet.values.length > AT_FIRST && !all && (
          <Button look="quiet" className="mt-1 -ms-2.5 h-8! text-sm" onClick={() => setAll(true)}>
            {t("common.more")}
          </Button>
        )}
      </fieldset>
    </details>
  );
}

interface FacetsProps {
  facets: Facet[];
  currency: string;
  address: CatalogueAddress;
}

export function Facets({ facets, currency, address }: FacetsProps) {
  const { t, money, measure } = useWords();
  const { change, brand, min, max, spec, inStock } = address;
  const price = ({ low, high }: FacetValue): string =>
    `${money(low ?? 0, currency)} – ${money(high ?? 0, currency)}`;
  const groups: Record<string, Omit<GroupProps, "facet" | "open">> = {
    brand: {
      textOf: ({ value }) => value,
      chosen: ({ value }) => value === brand,
      onChoose: ({ value }) => change({ brand: value === brand ? null : value, page: null }),
    },
    price: {
      textOf: price,
      chosen: ({ low, high }) => units(low ?? 0) === min && units(high ?? 0) === max,
      onChoose: ({ low, high }) => {
        const again = units(low ?? 0) === min && units(high ?? 0) === max;
        change({ min: again ? null : units(low ?? 0), max: again ? null : units(high ?? 0), page: null });
      },
    },
  };
  const ofSpec = ({ name, unit }: Facet): Omit<GroupProps, "facet" | "open"> => ({
    textOf: ({ value, low, high }) =>
      figuresText(low === null || high === null ? [value] : [low, high], unit, measure),
    chosen: (value) => isChosen(spec, name, value),
    onChoose: (value) => change({ spec: toggled(spec, name, value), page: null }),
  });
  const propsOf = (facet: Facet) => groups[facet.name] ?? ofSpec(facet);
  // what all of the products share narrows nothing
  const narrowing = facets.filter(
    (facet) =>
      facet.name !== "category" && (facet.values.length > 1 || facet.values.some(propsOf(facet).chosen)),
  );
  return (
    <div>
      <label className="mb-4 flex cursor-pointer items-center gap-2.5 text-sm font-medium">
        <input
          type="checkbox"
          checked={inStock}
          onChange={() => change({ stock: inStock ? null : "1", page: null })}
          className="size-4 accent-brand"
        />
        {t("products.filter.instock")}
      </label>
      {narrowing.map((facet, place) => (
        <Group key={facet.name} facet={facet} open={place < OPEN_GROUPS} {...propsOf(facet)} />
      ))}
    </div>
  );
}
