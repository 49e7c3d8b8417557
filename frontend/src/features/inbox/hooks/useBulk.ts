/** One change on many items at once. */
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { changeItems, INBOX, type ItemChange, type ItemName } from "../api/inbox";

export function useBulk(onDone: () => void) {
  const { plural } = useStaffWords();
  return useDeskChange({
    run: async (desk, { items, change }: { items: ItemName[]; change: ItemChange }) => {
      await changeItems(desk, items, change);
      return items.length;
    },
    stale: [INBOX],
    said: (count) => plural("desk.bulk.done", count),
    onDone,
  });
}
