/** What is drawn of the figures, and how each value is written. */
import type { Figures } from "../api/numbers";
import type { Shape } from "./chart";

export type Unit = "count" | "share" | "seconds" | "score" | "milliseconds" | "money";

export interface Metric {
  name: keyof Figures;
  unit: Unit;
  shape: Shape;
}

export const METRICS: readonly Metric[] = [
  { name: "conversations", unit: "count", shape: "bars" },
  { name: "alone", unit: "share", shape: "line" },
  { name: "first_response_seconds", unit: "seconds", shape: "line" },
  { name: "resolution_seconds", unit: "seconds", shape: "line" },
  { name: "satisfaction", unit: "score", shape: "line" },
  { name: "handoffs", unit: "count", shape: "bars" },
  { name: "complaints", unit: "count", shape: "bars" },
  { name: "unanswered", unit: "count", shape: "bars" },
  { name: "tool_errors", unit: "count", shape: "bars" },
  { name: "answer_ms", unit: "milliseconds", shape: "line" },
  { name: "tokens", unit: "count", shape: "bars" },
  { name: "microdollars", unit: "money", shape: "bars" },
];

const MICRO = 1_000_000;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Below this many days hours are told. */
const FEW_DAYS = 2;

function duration(locale: string, seconds: number): string {
  const [value, unit] =
    seconds >= FEW_DAYS * DAY
      ? [seconds / DAY, "day" as const]
      : seconds >= HOUR
        ? [seconds / HOUR, "hour" as const]
        : seconds >= MINUTE
          ? [seconds / MINUTE, "minute" as const]
          : [seconds, "second" as const];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(value);
}

/** A value as it is read; null, of which nothing is known, as `unknown`. */
export function written(locale: string, unit: Unit, value: number | null, unknown: string): string {
  if (value === null) return unknown;
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value);
  switch (unit) {
    case "share":
      return number({ style: "percent", maximumFractionDigits: 0 });
    case "seconds":
      return duration(locale, value);
    case "milliseconds":
      return number({ style: "unit", unit: "millisecond", maximumFractionDigits: 0 });
    case "score":
      return number({ maximumFractionDigits: 2, minimumFractionDigits: 1 });
    case "money":
      return new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).format(value / MICRO);
    case "count":
      return number({ notation: value >= 10_000 ? "compact" : "standard" });
  }
}
