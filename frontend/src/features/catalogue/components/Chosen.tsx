/** The conditions that hold, each of which can be taken back. */
"use client";

import { X } from "lucide-react";
import type { Facet } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { useWords, type Words } from "@/messages";
import type { CatalogueAddress } from "../hooks/useCatalogueAddress";
import { figuresText, nameOf } from "../model/facets";

interface Chip {
  key: string;
  text: string;
  remove: () => void;
}

/** "weight_kg:gte:1" and "weight_kg:lt:2" as one: "Weight 1–2 kg". */
function specText(name: string, conditions: string[], facets: Facet[], { measure }: Words): string {
  const facet = facets.find((one) => one.name === name);
  const ends = conditions.map((condition) => condition.split(":").at(-1) ?? "");
  return `${facet?.label ?? name} ${figuresText(ends, facet?.unit ?? null, measure)}`;
}

interface ChosenProps {
  address: CatalogueAddress;
  facets: Facet[];
  currency: string;
}

function useChips({ address, facets, currency }: ChosenProps): Chip[] {
  const { brand, min, max, spec, inStock, change } = address;
  const words = useWords();
  const { t, money } = words;
  const chips: Chip[] = [];
  const chip = (key: string, text: string, without: Parameters<typeof change>[0]) =>
    chips.push({ key, text, remove: () => change({ ...without, page: null }) });
  if (inStock) chip("stock", t("products.filter.instock"), { stock: null });
  if (brand) chip("brand", brand, { brand: null });
  if (min || max) {
    const ends = [min, max].filter(Boolean).map((end) => money(Number(end) * 100, currency));
    chip("price", ends.join(" – "), { min: null, max: null });
  }
  for (const name of new Set(spec.map(nameOf))) {
    const own = spec.filter((condition) => nameOf(condition) === name);
    const others = spec.filter((condition) => nameOf(condition) !== name);
    chip(name, specText(name, own, facets, words), { spec: others });
  }
  return chips;
}

export function Chosen(props: ChosenProps) {
  const { t } = useWords();
  const { address } = props;
  const chips = useChips(props);
  if (chips.length === 0) return null;
  const none = { brand: null, min: null, max: null, spec: null, stock: null, page: null };
  return (
    <ul aria-label={t("products.filter.chosen")} className="mb-4 flex flex-wrap items-center gap-2">
      {chips.map(({ key, text, remove }) => (
        <li key={key}>
          <Button look="chip" onClick={remove} aria-label={t("products.filter.remove", { name: text })}>
            {text}
            <X size={14} aria-hidden className="text-ink-3" />
          </Button>
        </li>
      ))}
      <li>
        <Button look="quiet" onClick={() => address.change(none)}>
          {t("products.filter.clear")}
        </Button>
      </li>
    </ul>
  );
}
