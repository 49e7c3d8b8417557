/** Says that a person takes over and when, or that they are there and who it is. */
import { UserRound } from "lucide-react";
import type { Handoff } from "@/api/types";
import { useWords } from "@/messages";

export function HandoffBanner({ handoff }: { handoff: Handoff }) {
  const { t, soon } = useWords();
  const waiting = handoff.expected_at
    ? t("chat.handoff.waiting.at", { time: soon(handoff.expected_at) })
    : t("chat.handoff.waiting");
  const active = t("chat.handoff.active", { name: handoff.staff_name ?? t("chat.handoff.someone") });
  return (
    <p role="status" className="border-b border-line bg-brand-soft text-sm">
      <span className="mx-auto flex max-w-(--chat-width) items-center gap-2.5 px-4 py-2.5">
        <UserRound size={16} aria-hidden className="shrink-0" />
        {handoff.state === "active" ? active : waiting}
      </span>
    </p>
  );
}
