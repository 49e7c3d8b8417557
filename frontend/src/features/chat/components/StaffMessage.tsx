/** What a person of the shop wrote, under their name. */
import { UserRound } from "lucide-react";
import { useWords } from "@/messages";
import type { FromStaff } from "../model/conversation";

export function StaffMessage({ entry }: { entry: FromStaff }) {
  const { t } = useWords();
  return (
    <article data-staff className="flex animate-rise gap-2.5 pe-8">
      <span
        aria-hidden
        className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-full bg-brand text-on-brand"
      >
        <UserRound size={16} />
      </span>
      <div className="min-w-0">
        <p className="text-sm font-medium">{entry.name ?? t("chat.handoff.someone")}</p>
        <p
          dir="auto"
          className="mt-1 rounded-[6px_20px_20px_20px] border border-line bg-surface px-4 py-2.5 break-words whitespace-pre-wrap"
        >
          {entry.text}
        </p>
      </div>
    </article>
  );
}
