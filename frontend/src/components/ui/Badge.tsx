/** A short state in colour, always with its word. */
import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "neutral" | "calm" | "good" | "warn" | "bad" | "spark";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2",
  calm: "bg-brand-soft text-link",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  spark: "bg-spark text-on-spark",
};

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={clsx(
        "inline-flex h-6 items-center rounded-full px-2.5 text-xs font-semibold whitespace-nowrap",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
