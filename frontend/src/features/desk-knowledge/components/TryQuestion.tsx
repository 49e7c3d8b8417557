/** Asks the knowledge a question, as it is live and with the drafts, side by side. */
"use client";

import type { FormEvent } from "react";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { type Answer, type Trial, tryQuestion } from "../api/documents";

function AnswerBox({ title, lead, answer }: { title: string; lead: string; answer: Answer }) {
  const { t } = useStaffWords();
  return (
    <section aria-label={title} className="rounded-control border border-line bg-surface p-4">
      <header className="mb-3 flex items-start justify-between gap-3">
        <div>
          <h2 className="text-sm tracking-normal">{title}</h2>
          <p className="text-ink-3">{lead}</p>
        </div>
        <Badge tone={answer.found ? "good" : "warn"}>
          {answer.found
            ? t("desk.try.confidence", { share: Math.round(answer.confidence * 100) })
            : t("desk.try.nothing")}
        </Badge>
      </header>
      {answer.found && <p className="whitespace-pre-line">{answer.answer}</p>}
      <ol className="mt-3 space-y-2 border-t border-line pt-3 empty:hidden">
        {answer.sources.map((source, index) => (
          <li key={source.id} className="flex gap-2 text-ink-2">
            <span className="tabular font-semibold">[{index + 1}]</span>
            <span className="min-w-0">
              <span className="font-medium text-ink">{source.title}</span> {source.section}
              <span className="line-clamp-2 text-xs text-ink-3">{source.excerpt}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function TryQuestion() {
  const { t } = useStaffWords();
  const trial = useDeskChange<string, Trial>({ run: tryQuestion, shown: true });
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    trial.mutate(String(new FormData(event.currentTarget).get("question")));
  };
  return (
    <>
      <form onSubmit={ask} className="mb-5 flex items-end gap-3">
        <Field name="question" label={t("desk.try.question")} maxLength={2000} required className="flex-1" />
        <Button type="submit" disabled={trial.isPending}>
          {t("desk.try.ask")}
        </Button>
      </form>
      {trial.error != null && <ProblemNotice error={trial.error} />}
      {trial.data && (
        <div aria-live="polite" className="grid gap-4 lg:grid-cols-2">
          <AnswerBox title={t("desk.try.live")} lead={t("desk.try.live.lead")} answer={trial.data.live} />
          <AnswerBox title={t("desk.try.draft")} lead={t("desk.try.draft.lead")} answer={trial.data.draft} />
        </div>
      )}
    </>
  );
}
