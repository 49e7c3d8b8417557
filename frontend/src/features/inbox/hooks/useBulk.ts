/** One change on many items at once. */
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { COUNTS, changeItems, INBOX, type ItemChange, type ItemName } from "../api/inbox";

export function useBulk(onDone: () => void) {
  const { plural } = useStaffWords();
  return useDeskChange({
    run: (desk, { items, change }: { items: ItemName[]; change: ItemChange }) =>
      changeItems(desk, items, change),
    stale: [INBOX, COUNTS],
    said: (results) => {
      const refused = results.find(({ done }) => !done);
      const done = plural("desk.bulk.done", results.filter(({ done }) => done).length);
      return refused ? `${done} ${refused.id}: ${refused.error}` : done;
    },
    onDone,
  });
}
