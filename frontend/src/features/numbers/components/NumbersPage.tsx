/** The numbers of the desk for a span of days. */
"use client";

import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/Feedback";
import { DeskPage, Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { dayBefore } from "@/features/staff/model/budget";
import { useStaffWords } from "@/messages/staff";
import { NUMBERS, NUMBERS_CSV, type Numbers } from "../api/numbers";
import { METRICS, type Metric, written } from "../model/metrics";
import { ChartCard } from "./ChartCard";
import { CsvButton } from "./CsvButton";
import { PathsBox } from "./PathsBox";
import { ShareList } from "./ShareList";
import { SpendingBox } from "./SpendingBox";
import { VariantsBox } from "./VariantsBox";

const SPANS = [7, 30, 90] as const;
const USUAL = 30;

function DayField({ name, value }: { name: "from" | "to"; value: string }) {
  const { t } = useStaffWords();
  return (
    <input
      type="date"
      value={value}
      max={dayBefore(0)}
      aria-label={t(`desk.numbers.${name}`)}
      onChange={({ target }) => target.value && changeAddress({ [name]: target.value })}
      className="h-8 rounded-small border border-line-strong bg-surface px-2"
    />
  );
}

function MetricCard({ metric: { name, unit, shape }, numbers }: { metric: Metric; numbers: Numbers }) {
  const { t, locale } = useStaffWords();
  const write = (value: number | null) => written(locale, unit, value, t("desk.numbers.unknown"));
  return (
    <ChartCard
      title={t(`desk.metric.${name}` as const)}
      total={write(numbers.total[name])}
      shape={shape}
      days={numbers.days.map(({ day }) => day)}
      values={numbers.days.map((day) => day[name])}
      write={write}
    />
  );
}

function Intents({ intents }: Pick<Numbers, "intents">) {
  const { t, label, plural, locale } = useStaffWords();
  const cost = (microdollars: number) => microdollars > 0 && written(locale, "money", microdollars, "");
  return (
    <Section title={t("desk.numbers.intents")} lead={t("desk.numbers.intents.lead")}>
      {intents.length === 0 ? (
        <Empty>{t("desk.numbers.nothing")}</Empty>
      ) : (
        <div className="rounded-control border border-line bg-surface p-4">
          <ShareList
            label={t("desk.numbers.intents")}
            rows={intents.map(({ intent, answers, unanswered, microdollars }) => ({
              key: intent,
              title: label("desk.intent", intent),
              value: answers,
              bad: unanswered,
              note: [plural("desk.numbers.missed", unanswered), cost(microdollars)]
                .filter(Boolean)
                .join(" · "),
            }))}
          />
        </div>
      )}
    </Section>
  );
}

export function NumbersPage() {
  const { t } = useStaffWords();
  const address = useSearchParams();
  const span = { from: address.get("from") ?? dayBefore(USUAL - 1), to: address.get("to") ?? dayBefore(0) };
  const query = useDeskData<Numbers>(NUMBERS, span);
  return (
    <DeskPage
      title={t("desk.nav.numbers")}
      actions={
        <>
          {SPANS.map((days) => (
            <Button
              key={days}
              look="quiet"
              small
              aria-pressed={span.from === dayBefore(days - 1) && span.to === dayBefore(0)}
              className="aria-pressed:bg-brand-soft aria-pressed:text-ink"
              onClick={() => changeAddress({ from: dayBefore(days - 1), to: dayBefore(0) })}
            >
              {t("desk.numbers.days", { days })}
            </Button>
          ))}
          <DayField name="from" value={span.from} />
          <DayField name="to" value={span.to} />
          <CsvButton path={NUMBERS_CSV} name="numbers" title={t("desk.nav.numbers")} span={span} />
        </>
      }
    >
      <Loaded query={query}>
        {(numbers) => (
          <>
            <div className="mb-8 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {METRICS.map((metric) => (
                <MetricCard key={metric.name} metric={metric} numbers={numbers} />
              ))}
            </div>
            <Intents intents={numbers.intents} />
            <PathsBox span={span} />
            <SpendingBox span={span} days={numbers.days.map(({ day }) => day)} />
            <VariantsBox first={span.from} />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}
