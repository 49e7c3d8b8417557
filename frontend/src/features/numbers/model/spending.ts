/** Calls of the language model, summed up by what they were for. */
import type { Usage } from "@/features/staff/model/budget";

interface Sums {
  calls: number;
  tokens: number;
  microdollars: number;
}

export interface Spending extends Sums {
  purpose: string;
  /** Answers known from before, for which nothing was called. */
  saved: number;
  failed: number;
  /** The sums of every day of the span, in order. */
  days: Sums[];
}

const NOTHING: Sums = { calls: 0, tokens: 0, microdollars: 0 };

function summed(rows: Usage["rows"]): Sums {
  return rows.reduce(
    (sum, row) => ({
      calls: sum.calls + row.calls,
      tokens: sum.tokens + row.prompt_tokens + row.completion_tokens,
      microdollars: sum.microdollars + row.microdollars,
    }),
    NOTHING,
  );
}

const callsWith = (rows: Usage["rows"], fits: (outcome: string) => boolean): number =>
  summed(rows.filter(({ outcome }) => fits(outcome))).calls;

/** One entry for each purpose, the dearest in tokens first; `days` are those of the span. */
export function spendingOf(rows: Usage["rows"], days: readonly string[]): Spending[] {
  const purposes = [...new Set(rows.map(({ purpose }) => purpose))];
  return purposes
    .map((purpose) => {
      const all = rows.filter((row) => row.purpose === purpose);
      const made = all.filter(({ outcome }) => outcome !== "saved");
      return {
        purpose,
        ...summed(made),
        saved: callsWith(all, (outcome) => outcome === "saved"),
        failed: callsWith(made, (outcome) => outcome !== "ok"),
        days: days.map((day) => summed(made.filter((row) => row.day === day))),
      };
    })
    .sort((one, other) => other.tokens - one.tokens);
}
