/** Which intents follow which, and where people give up. */
"use client";

import { Empty } from "@/components/ui/Feedback";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { PATHS, type Paths } from "../api/numbers";
import { ShareList } from "./ShareList";

const MOST = 15;

export function PathsBox({ span }: { span: { from: string; to: string } }) {
  const { t, label, plural } = useStaffWords();
  const query = useDeskData<Paths>(PATHS, span);
  const name = (intent: string) => label("desk.intent", intent);
  return (
    <Section title={t("desk.paths")} lead={t("desk.paths.lead")}>
      <Loaded query={query}>
        {({ conversations, follows, given_up }) =>
          conversations === 0 ? (
            <Empty>{t("desk.numbers.nothing")}</Empty>
          ) : (
            <div className="grid gap-4 lg:grid-cols-2">
              <div className="rounded-control border border-line bg-surface p-4">
                <h3 className="mb-2 text-sm tracking-normal">{t("desk.paths.follows")}</h3>
                <ShareList
                  label={t("desk.paths.follows")}
                  rows={follows.slice(0, MOST).map(({ intent, then, times }) => ({
                    key: `${intent} ${then}`,
                    title: `${name(intent)} → ${name(then)}`,
                    value: times,
                  }))}
                />
              </div>
              <div className="rounded-control border border-line bg-surface p-4">
                <h3 className="mb-2 text-sm tracking-normal">{t("desk.paths.given_up")}</h3>
                <ShareList
                  label={t("desk.paths.given_up")}
                  rows={given_up.slice(0, MOST).map(({ intent, ended, given_up: lost }) => ({
                    key: intent,
                    title: name(intent),
                    value: ended,
                    bad: lost,
                    note: plural("desk.paths.lost", lost),
                  }))}
                />
              </div>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}
