/** What a message was taken for; another choice teaches the classifier. */
"use client";

import type { Schema } from "@/api/types";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";

export const CORRECTIONS = "/api/staff/corrections";
const INTENTS = [
  "product_info",
  "comparison",
  "order_status",
  "delivery",
  "refund",
  "complaint",
  "general",
  "out_of_scope",
] as const satisfies Schema<"CorrectionView">["intent"][];

export function Correct({ messageId, taken }: { messageId: string; taken: string }) {
  const { t, label } = useStaffWords();
  const correct = useDeskChange({
    run: (desk, intent: string) =>
      desk.call<Schema<"CorrectionView">>(CORRECTIONS, {
        method: "POST",
        body: { message_id: messageId, intent },
      }),
    stale: [CORRECTIONS],
    said: ({ intent }) => t("desk.correct.done", { intent: label("desk.intent", intent) }),
  });
  return (
    <span className="flex items-center gap-2 text-xs text-ink-3">
      <span aria-hidden>{t("desk.correct")}</span>
      <Select
        bare
        label={t("desk.correct")}
        value={correct.data?.intent ?? taken}
        disabled={correct.isPending}
        onChange={({ target }) => correct.mutate(target.value)}
        options={INTENTS.map((intent) => [intent, label("desk.intent", intent)])}
      />
    </span>
  );
}
