/** A conversation as a case: its thread, who has it, and where staff write. */
"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Badge } from "@/components/ui/Badge";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useNext } from "@/features/inbox/hooks/useNext";
import { listAddress } from "@/features/inbox/model/way";
import { DueTime } from "@/features/staff/components/DueTime";
import { Select } from "@/features/staff/components/Select";
import { State } from "@/features/staff/components/State";
import { useKeys } from "@/features/staff/hooks/useKeys";
import { useStaffWords } from "@/messages/staff";
import { addNote, type CaseFile, casePath, draftReply, reply } from "../api/cases";
import { useCase } from "../hooks/useCase";
import { type CaseActionSet, useCaseActions } from "../hooks/useCaseActions";
import { PRIORITIES } from "../model/words";
import { AssigneeSelect } from "./AssigneeSelect";
import { CaseActions } from "./CaseActions";
import { CaseFrame } from "./CaseFrame";
import { Composer, type Mode } from "./Composer";
import { SummaryBox } from "./SummaryBox";
import { Thread } from "./Thread";

const MODES: readonly Mode[] = ["reply", "note", "whisper"];

interface CaseStateProps {
  file: CaseFile;
  actions: CaseActionSet;
}

function CaseState({ file: { conversation, handoff, satisfaction }, actions: { change } }: CaseStateProps) {
  const { t, label } = useStaffWords();
  const due = conversation.due_at ?? (handoff?.state === "waiting" ? handoff.expected_at : null);
  return (
    <>
      <State state={conversation.status}>{label("desk.status", conversation.status)}</State>
      {due && conversation.status !== "closed" && <DueTime due={due} />}
      {handoff?.state === "active" && (
        <span className="text-ink-3 max-sm:hidden">
          {t("desk.case.with", { name: handoff.staff_name ?? t("desk.case.staff") })}
        </span>
      )}
      <Select
        bare
        label={t("staff.column.priority")}
        value={conversation.priority}
        disabled={change.isPending}
        onChange={({ target }) => change.mutate({ priority: target.value })}
        options={PRIORITIES.map((name) => [name, label("desk.priority", name)])}
      />
      <AssigneeSelect
        label={t("desk.assignee")}
        assignee={conversation.assignee}
        disabled={change.isPending}
        onAssign={(assignee) => change.mutate({ assignee })}
      />
      <span className="max-sm:hidden">
        <Badge>{label("desk.channel", conversation.channel)}</Badge>
      </span>
      {satisfaction && <Badge>{t("desk.case.satisfaction", { score: satisfaction.score })}</Badge>}
    </>
  );
}

export function ConversationCase({ id, replying }: { id: string; replying: boolean }) {
  const { t } = useStaffWords();
  const router = useRouter();
  const { query, thread, earlier, hasEarlier } = useCase(id);
  const file = query.data;
  const actions = useCaseActions(id);
  const [mode, setMode] = useState<Mode>("reply");
  const [summing, setSumming] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: Mode) => {
    setMode(next);
    field.current?.focus();
  };
  const ready = file !== undefined;
  useEffect(() => {
    if (replying && ready) field.current?.focus();
  }, [replying, ready]);
  const next = useNext({ kind: "conversation", id }, thread.length);
  useKeys({
    j: () => next(1),
    k: () => next(-1),
    r: () => write("reply"),
    n: () => write("note"),
    t: () => file && file.handoff?.state !== "active" && actions.take.mutate(),
    e: () => actions.change.mutate({ status: "closed" }),
    u: () => router.push(listAddress()),
  });
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!file) return <Skeleton className="m-6 h-96" />;
  return (
    <CaseFrame
      title={file.file?.customer.name ?? t("desk.inbox.guest")}
      state={<CaseState file={file} actions={actions} />}
      actions={<CaseActions file={file} actions={actions} onSummary={() => setSumming(!summing)} />}
      file={file.file}
      here={id}
    >
      {summing && <SummaryBox id={id} onClose={() => setSumming(false)} />}
      <Thread
        entries={thread}
        hasEarlier={hasEarlier}
        loading={earlier.isPending}
        onEarlier={() => earlier.mutate()}
      />
      <Composer
        name={id}
        modes={MODES}
        mode={mode}
        onMode={write}
        field={field}
        send={(desk, how, text) =>
          how === "note" || how === "whisper" ? addNote(desk, id, how, text) : reply(desk, id, text)
        }
        stale={[casePath(id)]}
        subject={{ conversation_id: id }}
        draft={(desk) => draftReply(desk, id)}
      />
    </CaseFrame>
  );
}
