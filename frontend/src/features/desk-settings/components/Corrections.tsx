/** What staff have taught the classifier. */
"use client";

import { CORRECTIONS } from "@/features/cases/components/Correct";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import type { Correction } from "../api/settings";

export function Corrections() {
  const { t, label, moment } = useStaffWords();
  const list = useDeskData<{ results: Correction[] }>(CORRECTIONS);
  return (
    <Section title={t("desk.settings.learned")} lead={t("desk.settings.learned.lead")}>
      <Loaded query={list} empty={t("desk.learned.empty")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <DataTable
            label={t("desk.settings.learned")}
            rows={results}
            rowKey={({ id }) => id}
            columns={[
              { title: t("desk.learned.text"), className: "min-w-52", cell: ({ text }) => text },
              { title: t("desk.correct"), cell: ({ intent }) => label("desk.intent", intent) },
              { title: t("desk.learned.by"), className: "max-md:hidden", cell: ({ author }) => author },
              {
                title: t("desk.created"),
                className: "tabular whitespace-nowrap text-ink-3",
                cell: ({ created_at }) => moment(created_at),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
