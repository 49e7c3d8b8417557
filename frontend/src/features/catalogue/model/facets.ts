/** Facets and the conditions in the address: which condition a value stands for, and whether it holds. Pure. */
import type { Facet } from "@/api/types";
import type { Format } from "@/messages/format";

export type FacetValue = Facet["values"][number];

/** The conditions that choosing a value of a specification writes: one, or the two ends of a range. */
function conditionsOf(name: string, { value, low, high }: FacetValue): string[] {
  if (low === null || high === null) return [`${name}:${value}`];
  return [`${name}:gte:${low}`, `${name}:lt:${high}`];
}

export const nameOf = (condition: string): string => condition.split(":")[0] ?? "";

/** Chooses a value of a specification, or takes it back when it was chosen; one value of each counts. */
export function toggled(chosen: string[], name: string, value: FacetValue): string[] {
  const others = chosen.filter((condition) => nameOf(condition) !== name);
  return isChosen(chosen, name, value) ? others : [...others, ...conditionsOf(name, value)];
}

export const isChosen = (chosen: string[], name: string, value: FacetValue): boolean =>
  conditionsOf(name, value).every((condition) => chosen.includes(condition));

/** A value or the ends of a range as they are read; words stand as they are, with the unit behind them. */
export function figuresText(
  ends: readonly (string | number)[],
  unit: string | null,
  measure: Format["measure"],
): string {
  const figures = ends.map(Number);
  if (figures.every((figure, place) => Number.isFinite(figure) && String(figure) === String(ends[place])))
    return measure(figures, unit);
  return [ends.join(" – "), unit].filter(Boolean).join(" ");
}

/** Money in the address stands in whole units, in facets in cents. */
export const units = (cents: number): string => String(cents / 100);
