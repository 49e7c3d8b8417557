/** The numbers of the desk for a span of days. */
"use client";

import { Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { save } from "@/api/files";
import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/Feedback";
import { DeskPage, Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { NUMBERS, NUMBERS_CSV, type Numbers } from "../api/numbers";
import { METRICS } from "../model/metrics";
import { ChartCard } from "./ChartCard";
import { PathsBox } from "./PathsBox";
import { ShareList } from "./ShareList";

const SPANS = [7, 30, 90] as const;
const USUAL = 30;
const DAY_MS = 86_400_000;

/** Days are counted in UTC, as the server counts them. */
const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

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

function Intents({ intents }: Pick<Numbers, "intents">) {
  const { t, label, plural } = useStaffWords();
  return (
    <Section title={t("desk.numbers.intents")} lead={t("desk.numbers.intents.lead")}>
      {intents.length === 0 ? (
        <Empty>{t("desk.numbers.nothing")}</Empty>
      ) : (
        <div className="rounded-control border border-line bg-surface p-4">
          <ShareList
            label={t("desk.numbers.intents")}
            rows={intents.map(({ intent, answers, unanswered }) => ({
              key: intent,
              title: label("desk.intent", intent),
              value: answers,
              bad: unanswered,
              note: plural("desk.numbers.missed", unanswered),
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
  const csv = useDeskChange({
    run: async (desk) =>
      save(await desk.open(NUMBERS_CSV, { query: span }), `numbers-${span.from}-${span.to}.csv`),
  });
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
          <Button look="secondary" small disabled={csv.isPending} onClick={() => csv.mutate()}>
            <Download size={14} aria-hidden />
            {t("desk.numbers.csv")}
          </Button>
        </>
      }
    >
      <Loaded query={query}>
        {(numbers) => (
          <>
            <div className="mb-8 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {METRICS.map((metric) => (
                <ChartCard key={metric.name} metric={metric} numbers={numbers} />
              ))}
            </div>
            <Intents intents={numbers.intents} />
          </>
        )}
      </Loaded>
      <PathsBox span={span} />
    </DeskPage>
  );
}
