/** What staff do to a conversation as a whole. */
import { save } from "@/api/files";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { CASES, handBack, openPdf, takeOver } from "../api/cases";

const INBOX = "/api/staff/inbox";

/** What is given is changed, as in the inbox. */
interface Change {
  status?: "open" | "closed";
  priority?: string;
  assignee?: string;
}

export function useCaseActions(id: string) {
  const { t } = useStaffWords();
  const desk = useDesk();
  const stale = [CASES, INBOX];
  return {
    take: useDeskChange({ run: (calls) => takeOver(calls, id), stale, said: t("desk.case.taken") }),
    giveBack: useDeskChange({ run: (calls) => handBack(calls, id), stale, said: t("desk.case.returned") }),
    change: useDeskChange({
      run: (calls, change: Change) =>
        calls.call(`${INBOX}/bulk`, {
          method: "POST",
          body: { items: [{ kind: "conversation", id }], ...change },
        }),
      stale,
      said: t("desk.saved"),
    }),
    pdf: useDeskChange({ run: async () => save(await openPdf(desk, id), `case-${id.slice(0, 12)}.pdf`) }),
  };
}

export type CaseActionSet = ReturnType<typeof useCaseActions>;
