/** What the language model took: by kind of call and day, and how much of the shop's plan is used. */
"use client";

import { Empty } from "@/components/ui/Feedback";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { isSpent, type Limit, shareOf, USAGE, type Usage } from "@/features/staff/model/budget";
import { useStaffWords } from "@/messages/staff";
import { USAGE_CSV } from "../api/numbers";
import { written } from "../model/metrics";
import { type Spending, spendingOf } from "../model/spending";
import { ChartCard } from "./ChartCard";
import { CsvButton } from "./CsvButton";

const isMoney = ({ name }: Limit): boolean => name.endsWith("money");

function Plan({ plan, limits }: Pick<Usage, "plan" | "limits">) {
  const { t, label, locale } = useStaffWords();
  const write = (limit: Limit, value: number) =>
    written(locale, isMoney(limit) ? "money" : "count", value, "");
  if (limits.length === 0) return <p className="mb-4 text-ink-3">{t("desk.spending.unlimited")}</p>;
  return (
    <table aria-label={t("desk.spending.plan", { plan })} className="mb-4 w-full max-w-3xl">
      <tbody>
        {limits.map((limit) => (
          <tr key={limit.name}>
            <th scope="row" className="w-[35%] py-1 pe-3 text-start font-normal first-letter:uppercase">
              {label("desk.limit", limit.name)}
            </th>
            <td className="w-[40%] py-1">
              <span aria-hidden className="flex h-3 overflow-hidden rounded-full bg-sunken">
                <span
                  className={isSpent(limit) ? "bg-bad" : limit.warning ? "bg-warn" : "bg-focus"}
                  style={{ width: `${100 * shareOf(limit)}%` }}
                />
              </span>
            </td>
            <td className="tabular py-1 ps-3 text-end whitespace-nowrap">
              {t("desk.spending.of", {
                used: write(limit, limit.used),
                limit: write(limit, limit.limit),
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Kind({ kind, days }: { kind: Spending; days: readonly string[] }) {
  const { t, label, plural, locale } = useStaffWords();
  const count = (value: number | null) => written(locale, "count", value, "");
  const money = (value: number) => written(locale, "money", value, "");
  const facts = [
    money(kind.microdollars),
    plural("desk.spending.calls", kind.calls),
    kind.saved > 0 && t("desk.spending.saved", { count: kind.saved }),
    kind.failed > 0 && t("desk.spending.failed", { count: kind.failed }),
  ].filter(Boolean);
  const on = (index: number) => kind.days[index] ?? { calls: 0, tokens: 0, microdollars: 0 };
  return (
    <ChartCard
      title={label("desk.purpose", kind.purpose)}
      total={t("desk.spending.tokens", { tokens: count(kind.tokens) })}
      note={facts.join(" · ")}
      shape="bars"
      days={days}
      values={kind.days.map(({ tokens }) => tokens)}
      write={count}
      columns={[
        [t("desk.spending.column.calls"), (index) => count(on(index).calls)],
        [t("desk.metric.tokens"), (index) => count(on(index).tokens)],
        [t("desk.spending.column.cost"), (index) => money(on(index).microdollars)],
      ]}
    />
  );
}

interface SpendingBoxProps {
  span: { from: string; to: string };
  /** Every day of the span. */
  days: readonly string[];
}

export function SpendingBox({ span, days }: SpendingBoxProps) {
  const { t } = useStaffWords();
  const query = useDeskData<Usage>(USAGE, span);
  return (
    <Section
      title={t("desk.spending")}
      lead={t("desk.spending.lead")}
      actions={<CsvButton path={USAGE_CSV} name="usage" title={t("desk.spending")} span={span} />}
    >
      <Loaded query={query}>
        {({ plan, limits, rows }) => (
          <>
            <Plan plan={plan} limits={limits} />
            {rows.length === 0 ? (
              <Empty>{t("desk.spending.none")}</Empty>
            ) : (
              <div className="grid gap-4 sm:grid-cols-2">
                {spendingOf(rows, days).map((kind) => (
                  <Kind key={kind.purpose} kind={kind} days={days} />
                ))}
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
