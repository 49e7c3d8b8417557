/** What shoppers asked in vain, the most asked first; an article is written straight from it. */
"use client";

import { PenLine } from "lucide-react";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { type OpenQuestion, UNANSWERED } from "../api/documents";
import type { Writing } from "./ArticleEditor";

function QuestionGroup({ group, onWrite }: { group: OpenQuestion; onWrite: (writing: Writing) => void }) {
  const { t, plural } = useStaffWords();
  const dismiss = useDeskChange({
    run: (desk) => desk.call(`${UNANSWERED}/dealt-with`, { method: "POST", body: { ids: group.ids } }),
    stale: [UNANSWERED],
    said: t("desk.unanswered.dismissed"),
  });
  const [first = "", ...others] = group.examples;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-60 flex-1">
        <h2 className="text-sm tracking-normal">{first}</h2>
        {others.length > 0 && <p className="mt-0.5 text-ink-3">{others.slice(0, 3).join(" · ")}</p>}
        {group.draft && (
          <p className="mt-1 line-clamp-2 text-xs text-ink-3">
            {t("desk.unanswered.near", { title: group.draft.title, text: group.draft.excerpt })}
          </p>
        )}
      </div>
      <Badge tone="warn">{plural("desk.unanswered.count", group.count)}</Badge>
      <span className="flex gap-2">
        <Button
          small
          onClick={() => onWrite({ title: first, text: group.draft?.excerpt ?? "", answers: group.ids })}
        >
          <PenLine size={14} aria-hidden />
          {t("desk.unanswered.write")}
        </Button>
        <Button small look="quiet" disabled={dismiss.isPending} onClick={() => dismiss.mutate()}>
          {t("desk.unanswered.dismiss")}
        </Button>
      </span>
    </li>
  );
}

export function Unanswered({ onWrite }: { onWrite: (writing: Writing) => void }) {
  const { t } = useStaffWords();
  const questions = useDeskData<{ results: OpenQuestion[] }>(UNANSWERED, { limit: 100 });
  return (
    <Loaded
      query={questions}
      empty={t("desk.unanswered.empty")}
      isEmpty={({ results }) => results.length === 0}
    >
      {({ results }) => (
        <ul className="divide-y divide-line rounded-control border border-line bg-surface">
          {results.map((group) => (
            <QuestionGroup key={group.ids[0]} group={group} onWrite={onWrite} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}
