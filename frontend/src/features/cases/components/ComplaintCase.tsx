/** A complaint as a case: what was filed, what happened since, and where staff answer or take notes. */
"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useNext } from "@/features/inbox/hooks/useNext";
import { listAddress } from "@/features/inbox/model/way";
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
import { Attachments } from "./Attachments";
import { CaseFrame } from "./CaseFrame";
import { ComplaintHistory } from "./ComplaintHistory";
import { ComplaintState } from "./ComplaintState";
import { Composer, type Mode } from "./Composer";

const MODES: readonly Mode[] = ["mail", "note"];

export function ComplaintCase({ id, replying }: { id: string; replying: boolean }) {
  const { t, label } = useStaffWords();
  const router = useRouter();
  const query = useDeskData<Complaint>(complaintPath(id));
  const complaint = query.data;
  const file = useDeskData<CustomerFile>(complaint ? customerPath(complaint.customer_id) : null).data;
  const [mode, setMode] = useState<Mode>("mail");
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: Mode) => {
    setMode(next);
    field.current?.focus();
  };
  const ready = complaint !== undefined;
  useEffect(() => {
    if (replying && ready) field.current?.focus();
  }, [replying, ready]);
  const resolve = useDeskChange({
    run: (desk) => changeComplaint(desk, id, { status: "resolved" }),
    stale: [COMPLAINTS],
    said: t("desk.saved"),
  });
  const next = useNext({ kind: "complaint", id }, complaint);
  useKeys({
    j: () => next(1),
    k: () => next(-1),
    r: () => write("mail"),
    n: () => write("note"),
    e: () => resolve.mutate(),
    u: () => router.push(listAddress()),
  });
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
      <Composer
        name={id}
        modes={MODES}
        mode={mode}
        onMode={write}
        field={field}
        send={(desk, how, text) => commentOn(desk, id, text, how === "mail")}
        stale={[COMPLAINTS]}
        subject={{ complaint_id: id, customer_id: complaint.customer_id, order_id: complaint.order_id }}
      />
    </CaseFrame>
  );
}
