/** A complaint as a case: what was filed, what happened since, and where staff answer or take notes. */
"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { DueTime } from "@/features/staff/components/DueTime";
import { State } from "@/features/staff/components/State";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useKeys } from "@/features/staff/hooks/useKeys";
import { useStaffWords } from "@/messages/staff";
import {
  COMPLAINTS,
  type Complaint,
  type CustomerFile,
  changeComplaint,
  commentOn,
  complaintPath,
  customerPath,
} from "../api/cases";
import { useDraft } from "../hooks/useDraft";
import { Attachments } from "./Attachments";
import { CaseFrame } from "./CaseFrame";
import { ComplaintHistory } from "./ComplaintHistory";
import { ComplaintState } from "./ComplaintState";

function CommentForm({ complaint, focused }: { complaint: Complaint; focused: boolean }) {
  const { t } = useStaffWords();
  const [text, write] = useDraft(complaint.id);
  const [isPublic, setPublic] = useState(true);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  useKeys({ r: () => field.current?.focus() });
  const send = useDeskChange({
    run: (desk, said: string) => commentOn(desk, complaint.id, said, isPublic),
    stale: [COMPLAINTS],
    said: t("desk.saved"),
    onDone: () => write(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) send.mutate(text.trim());
  };
  const label = t(isPublic ? "desk.complaint.answer" : "desk.composer.note.label");
  return (
    <form onSubmit={submit} className="border-t border-line bg-surface px-4 py-3 lg:px-6">
      <div className="mx-auto max-w-4xl">
        <textarea
          ref={field}
          value={text}
          rows={3}
          maxLength={4000}
          aria-label={label}
          placeholder={label}
          onChange={({ target }) => write(target.value)}
          className="w-full resize-y rounded-control border border-line-strong bg-surface px-3 py-2 placeholder:text-ink-3 focus:outline-2 focus:outline-focus"
        />
        <div className="mt-1.5 flex flex-wrap items-center justify-between gap-3">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={isPublic}
              onChange={({ target }) => setPublic(target.checked)}
              className="size-4 accent-(--brand)"
            />
            {t("desk.complaint.public")}
          </label>
          <Button type="submit" small disabled={!text.trim() || send.isPending}>
            {t(isPublic ? "desk.composer.send" : "desk.composer.keep")}
          </Button>
        </div>
      </div>
    </form>
  );
}

export function ComplaintCase({ id, replying }: { id: string; replying: boolean }) {
  const { t, label } = useStaffWords();
  const router = useRouter();
  const query = useDeskData<Complaint>(complaintPath(id));
  const complaint = query.data;
  const file = useDeskData<CustomerFile>(complaint ? customerPath(complaint.customer_id) : null).data;
  const resolve = useDeskChange({
    run: (desk) => changeComplaint(desk, id, { status: "resolved" }),
    stale: [COMPLAINTS],
    said: t("desk.saved"),
  });
  useKeys({ e: () => resolve.mutate(), u: () => router.push("/staff/") });
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!complaint) return <Skeleton className="m-6 h-96" />;
  const settled = complaint.status === "resolved" || complaint.status === "closed";
  return (
    <CaseFrame
      title={t("complaint.title", { id })}
      state={
        <>
          <State state={complaint.priority}>{label("desk.priority", complaint.priority)}</State>
          {complaint.resolution_due && !settled && <DueTime due={complaint.resolution_due} />}
        </>
      }
      actions={<ComplaintState complaint={complaint} />}
      file={file}
      here={id}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 lg:px-6">
        <div className="mx-auto max-w-4xl space-y-4">
          <ComplaintHistory complaint={complaint} />
          <Attachments
            attachments={file?.attachments.filter(({ complaint_id }) => complaint_id === id) ?? []}
          />
        </div>
      </div>
      <CommentForm complaint={complaint} focused={replying} />
    </CaseFrame>
  );
}
