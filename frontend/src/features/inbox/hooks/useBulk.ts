/** One change on many items at once, which can be taken back. */
import { useRef } from "react";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { COUNTS, changeItems, INBOX, type InboxItem, type ItemChange } from "../api/inbox";
import { markSeen } from "../model/seen";
import { changesBack } from "../model/undo";

interface Bulk {
  items: InboxItem[];
  change: ItemChange;
}

export function useBulk(onDone: () => void) {
  const { t, plural } = useStaffWords();
  const latest = useRef<Bulk | null>(null);
  const undoing = useDeskChange({
    run: async (desk, bulk: Bulk) => {
      for (const [items, change] of changesBack(bulk.items, bulk.change))
        await changeItems(desk, items, change);
    },
    stale: [INBOX, COUNTS],
    said: t("desk.bulk.undone"),
  });
  const undo = () => {
    if (latest.current) undoing.mutate(latest.current);
    latest.current = null;
  };
  const change = useDeskChange({
    run: (desk, { items, change: wanted }: Bulk) => changeItems(desk, items, wanted),
    stale: [INBOX, COUNTS],
    said: (results) => {
      const refused = results.find(({ done }) => !done);
      const done = plural("desk.bulk.done", results.filter(({ done }) => done).length);
      return refused ? `${done} ${refused.id}: ${refused.error}` : done;
    },
    offered: { title: t("desk.bulk.undo"), run: undo },
    onDone: (results, { items, change: wanted }) => {
      const done = new Set(results.filter((one) => one.done).map(({ kind, id }) => `${kind} ${id}`));
      markSeen(items);
      latest.current = { items: items.filter(({ kind, id }) => done.has(`${kind} ${id}`)), change: wanted };
      onDone();
    },
  });
  return { mutate: change.mutate, isPending: change.isPending || undoing.isPending, undo };
}
