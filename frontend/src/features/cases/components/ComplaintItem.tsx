/** A complaint at the side of a case, with its state to change. */
"use client";

import { Link } from "@/components/ui/Link";
import { DueTime } from "@/features/staff/components/DueTime";
import { useStaffWords } from "@/messages/staff";
import type { Complaint } from "../api/cases";
import { ComplaintState } from "./ComplaintState";

export function ComplaintItem({ complaint, current }: { complaint: Complaint; current: boolean }) {
  const { t } = useStaffWords();
  const settled = complaint.status === "resolved" || complaint.status === "closed";
  return (
    <li className="rounded-small border border-line px-3 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={`/staff/case/?complaint=${complaint.id}`}
          aria-current={current ? "page" : undefined}
          aria-label={t("complaint.title", { id: complaint.id })}
          className="tabular font-medium hover:underline"
        >
          {complaint.id}
        </Link>
        {complaint.resolution_due && !settled && <DueTime due={complaint.resolution_due} />}
      </p>
      <p className="my-1.5 line-clamp-3 text-ink-2">{complaint.description}</p>
      <ComplaintState complaint={complaint} />
    </li>
  );
}
