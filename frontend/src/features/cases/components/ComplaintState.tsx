/** Status, priority and owner of a complaint, each changed where it is read. */
"use client";

import { Select } from "@/features/staff/components/Select";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { CASES, COMPLAINTS, type Complaint, CUSTOMERS, changeComplaint } from "../api/cases";
import { COMPLAINT_STATUSES, PRIORITIES } from "../model/words";
import { AssigneeSelect } from "./AssigneeSelect";

export function ComplaintState({ complaint }: { complaint: Complaint }) {
  const { t, label } = useStaffWords();
  const change = useDeskChange({
    run: (desk, wanted: Parameters<typeof changeComplaint>[2]) => changeComplaint(desk, complaint.id, wanted),
    stale: [CASES, CUSTOMERS, COMPLAINTS],
    said: t("desk.saved"),
  });
  const name = (what: string) => `${complaint.id}: ${what}`;
  return (
    <div className="flex flex-wrap gap-1.5">
      <Select
        bare
        label={name(t("staff.column.status"))}
        value={complaint.status}
        disabled={change.isPending}
        onChange={({ target }) => change.mutate({ status: target.value as Complaint["status"] })}
        options={COMPLAINT_STATUSES.map((status) => [status, label("desk.status", status)])}
      />
      <Select
        bare
        label={name(t("staff.column.priority"))}
        value={complaint.priority}
        disabled={change.isPending}
        onChange={({ target }) => change.mutate({ priority: target.value as Complaint["priority"] })}
        options={PRIORITIES.map((priority) => [priority, label("desk.priority", priority)])}
      />
      <AssigneeSelect
        label={name(t("desk.assignee"))}
        assignee={complaint.assignee}
        disabled={change.isPending}
        onAssign={(assignee) => change.mutate({ assignee })}
      />
    </div>
  );
}
