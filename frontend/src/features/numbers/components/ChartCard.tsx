/** One number: what it was in all, its course as a chart, and the table behind it. */
"use client";

import { useState } from "react";
import { Scroller } from "@/features/staff/components/Scroller";
import { useStaffWords } from "@/messages/staff";
import type { Numbers } from "../api/numbers";
import { barsOf, HEIGHT, linesOf, topOf, WIDTH } from "../model/chart";
import { type Metric, written } from "../model/metrics";

function Shape({ metric, values }: { metric: Metric; values: (number | null)[] }) {
  if (metric.shape === "bars")
    return barsOf(values).map((bar) => <rect key={bar.x} {...bar} rx={2} className="fill-focus" />);
  return linesOf(values).map((path) => (
    <path
      key={path}
      d={path}
      className="fill-transparent stroke-focus"
      strokeWidth={path.includes("L") ? 3 : 7} // a single day is a dot
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  ));
}

export function ChartCard({ metric, numbers }: { metric: Metric; numbers: Numbers }) {
  const { t, locale, day: dayText } = useStaffWords();
  const [open, setOpen] = useState(false); // a closed table costs nothing
  const title = t(`desk.metric.${metric.name}` as const);
  const write = (value: number | null) => written(locale, metric.unit, value, t("desk.numbers.unknown"));
  const values = numbers.days.map((day) => day[metric.name]);
  const total = write(numbers.total[metric.name]);
  const known = values.some((value) => value !== null && (metric.shape === "line" || value !== 0));
  const [first, last] = [numbers.days[0]?.day ?? "", numbers.days.at(-1)?.day ?? ""];
  return (
    <section aria-label={title} className="rounded-control border border-line bg-surface p-4">
      <h2 className="text-sm font-medium tracking-normal text-ink-2">{title}</h2>
      <p className="tabular mt-0.5 text-2xl font-semibold tracking-tight">{total}</p>
      <div className="relative mt-3">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("desk.numbers.chart", { title, total, top: write(topOf(values)) })}
          className="h-24 w-full border-b border-line-strong"
        >
          {known && <Shape metric={metric} values={values} />}
        </svg>
        {known ? (
          <span className="tabular absolute top-0 start-0 text-xs text-ink-3">{write(topOf(values))}</span>
        ) : (
          <p className="absolute inset-0 flex items-center justify-center text-ink-3">
            {t("desk.numbers.nothing")}
          </p>
        )}
      </div>
      <p className="mt-1 flex justify-between text-xs text-ink-3">
        <span>{dayText(first)}</span>
        <span>{dayText(last)}</span>
      </p>
      <details className="mt-2" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="text-xs text-link">{t("desk.numbers.table")}</summary>
        {open && (
          <Scroller label={t("desk.numbers.by_day", { title })} className="mt-2 max-h-64 overflow-y-auto">
            <table className="w-full">
              <tbody className="divide-y divide-line">
                {numbers.days.map((day) => (
                  <tr key={day.day}>
                    <th scope="row" className="py-1 text-start font-normal text-ink-2">
                      {dayText(day.day)}
                    </th>
                    <td className="tabular py-1 text-end">{write(day[metric.name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
        )}
      </details>
    </section>
  );
}
