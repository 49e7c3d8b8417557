/** The box that a card of a reply or a record on a page sits in. */
import clsx from "clsx";
import type { ReactNode } from "react";

interface PanelProps {
  label: string;
  className?: string;
  children: ReactNode;
}

export function Panel({ label, className, children }: PanelProps) {
  return (
    <figure
      aria-label={label}
      className={clsx("overflow-hidden rounded-card border border-line bg-surface shadow-card", className)}
    >
      {children}
    </figure>
  );
}

export function Facts({ facts }: { facts: (readonly [label: string, text: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[fit-content(50%)_1fr] gap-x-5 gap-y-1.5 text-sm">
      {facts.map(([label, text]) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">{label}</dt>
          <dd className="min-w-0 text-end font-medium break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
