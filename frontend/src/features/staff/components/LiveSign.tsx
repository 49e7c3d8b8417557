/** Whether the desk hears news at once. */
"use client";

import clsx from "clsx";
import { useStaffWords } from "@/messages/staff";
import { useLiveState } from "../hooks/LiveDesk";

export function LiveSign() {
  const { t } = useStaffWords();
  const live = useLiveState();
  return (
    <p role="status" className="flex items-center gap-1.5 text-xs text-ink-3">
      <span
        aria-hidden
        className={clsx("size-2 rounded-full", live ? "bg-good" : "animate-breathe bg-warn")}
      />
      {t(live ? "desk.live" : "desk.live.away")}
    </p>
  );
}
