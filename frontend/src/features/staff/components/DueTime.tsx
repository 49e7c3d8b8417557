/** A due time that counts down: its colour and its words both say when it is past. */
"use client";

import clsx from "clsx";
import { AlarmClock } from "lucide-react";
import { useStaffWords } from "@/messages/staff";
import { useNow } from "../hooks/useNow";
import { dueIn, type Urgency } from "../model/due";

const COLOURS: Record<Urgency, string> = {
  late: "bg-bad-soft text-bad",
  soon: "bg-warn-soft text-warn",
  later: "bg-sunken text-ink-2",
};

export function DueTime({ due }: { due: string }) {
  const { t, moment } = useStaffWords();
  const { urgency, span } = dueIn(due, useNow());
  return (
    <time
      dateTime={due}
      title={moment(due)}
      className={clsx(
        "tabular inline-flex h-6 items-center gap-1 rounded-full px-2 text-xs font-semibold whitespace-nowrap",
        COLOURS[urgency],
      )}
    >
      <AlarmClock size={13} aria-hidden />
      {t(urgency === "late" ? "desk.due.late" : "desk.due.left", { span })}
    </time>
  );
}
