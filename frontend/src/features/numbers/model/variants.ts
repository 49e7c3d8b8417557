/** Wordings of replies against the usual one: what their ratings allow to say. */
import type { Variant } from "../api/numbers";

export type Verdict = "better" | "worse" | "open";

/** The wording that runs where no other was chosen. */
export const isUsual = ({ variant }: Variant): boolean => variant === "";

/** Better or worse only where the intervals do not touch: anything else may be chance. */
export function verdictOf(one: Variant, usual: Variant | undefined): Verdict {
  if (one.low === null || one.high === null) return "open";
  if (!usual || usual.low === null || usual.high === null) return "open";
  if (one.low > usual.high) return "better";
  return one.high < usual.low ? "worse" : "open";
}

/** Whole days from the first of the span until now, as many as the server counts back. */
export const daysSince = (first: string, now: number): number =>
  Math.min(366, Math.max(1, Math.ceil((now - Date.parse(first)) / 86_400_000)));
