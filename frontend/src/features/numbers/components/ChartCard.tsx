/** One number: what it was in all, its course as a chart, and the table behind it. */
"use client";

import { useState } from "react";
import { Scroller } from "@/features/staff/components/Scroller";
import { useStaffWords } from "@/messages/staff";
import { type Bar, barsOf, HEIGHT, linesOf, type Shape, topOf, WIDTH } from "../model/chart";

const outlined = ({ x, y, width, height }: Bar): string => `M${x} ${y}h${width}v${height}h${-width}z`;

function Drawing({ shape, values }: { shape: Shape; values: readonly (number | null)[] }) {
  if (shape === "bars") return <path d={barsOf(values).map(outlined).join("")} className="fill-focus" />;
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

/** A column of the table: its title and what stands in it on the day at that place. */
type Column = readonly [title: string, cell: (index: number) => string];

function Table({
  label,
  days,
  columns,
}: {
  label: string;
  days: readonly string[];
  columns: readonly Column[];
}) {
  const { t, day: dayText } = useStaffWords();
  const newestFirst = days.map((day, index) => ({ day, index })).reverse();
  return (
    <Scroller label={label} className="mt-2 max-h-64 overflow-y-auto">
      <table className="w-full">
        <thead className={columns.length === 1 ? "sr-only" : "text-xs text-ink-3"}>
          <tr>
            <th scope="col" className="text-start font-normal">
              {t("desk.numbers.day")}
            </th>
            {columns.map(([title]) => (
              <th key={title} scope="col" className="text-end font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {newestFirst.map(({ day, index }) => (
            <tr key={day}>
              <th scope="row" className="py-1 text-start font-normal text-ink-2">
                {dayText(day)}
              </th>
              {columns.map(([title, cell]) => (
                <td key={title} className="tabular py-1 text-end">
                  {cell(index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

interface ChartCardProps {
  title: string;
  total: string;
  note?: string;
  shape: Shape;
  days: readonly string[];
  /** One value for each day; null where nothing is known. */
  values: readonly (number | null)[];
  write: (value: number | null) => string;
  /** What the table shows beside the day; without it the values. */
  columns?: readonly Column[];
}

export function ChartCard({ title, total, note, shape, days, values, write, columns }: ChartCardProps) {
  const { t, day: dayText } = useStaffWords();
  const [open, setOpen] = useState(false); // a closed table costs nothing
  const known = values.some((value) => value !== null && (shape === "line" || value !== 0));
  return (
    <section aria-label={title} className="rounded-control border border-line bg-surface p-4">
      <h2 className="text-sm font-medium tracking-normal text-ink-2">{title}</h2>
      <p className="tabular mt-0.5 text-2xl font-semibold tracking-tight">{total}</p>
      {note && <p className="tabular text-xs text-ink-3">{note}</p>}
      <div className="relative mt-3">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("desk.numbers.chart", { title, total, top: write(topOf(values)) })}
          className="h-24 w-full border-b border-line-strong"
        >
          {known && <Drawing shape={shape} values={values} />}
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
        <span>{dayText(days[0] ?? "")}</span>
        <span>{dayText(days.at(-1) ?? "")}</span>
      </p>
      <details className="mt-2" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="text-xs text-link">{t("desk.numbers.table")}</summary>
        {open && (
          <Table
            label={t("desk.numbers.by_day", { title })}
            days={days}
            columns={columns ?? [[title, (index) => write(values[index] ?? null)]]}
          />
        )}
      </details>
    </section>
  );
}
