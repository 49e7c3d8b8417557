/** The case in a few lines. */
"use client";

import { X } from "lucide-react";
import { IconButton } from "@/components/ui/Button";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { type Summary, summaryPath } from "../api/cases";

export function SummaryBox({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useStaffWords();
  const summary = useDeskData<Summary>(summaryPath(id));
  return (
    <section
      aria-label={t("desk.case.summary")}
      aria-live="polite"
      className="flex items-start gap-3 border-b border-line bg-brand-soft px-4 py-3 lg:px-6"
    >
      <div className="mx-auto max-h-52 w-full max-w-4xl overflow-y-auto">
        <Loaded query={summary}>
          {({ lines }) => (
            <ul className="list-disc space-y-1 ps-4">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </Loaded>
      </div>
      <IconButton label={t("common.close")} className="size-8!" onClick={onClose}>
        <X size={16} aria-hidden />
      </IconButton>
    </section>
  );
}
