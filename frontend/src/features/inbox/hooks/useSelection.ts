/** Which items are ticked. */
import { useCallback, useMemo, useState } from "react";
import type { InboxItem, ItemName } from "../api/inbox";

export interface Selection {
  /** As they were when they were ticked. */
  items: InboxItem[];
  has: (item: ItemName) => boolean;
  toggle: (item: InboxItem) => void;
  clear: () => void;
}

const keyOf = ({ kind, id }: ItemName): string => `${kind} ${id}`;

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, InboxItem>>(new Map());
  const toggle = useCallback(
    (item: InboxItem) =>
      setChosen((former) => {
        const next = new Map(former);
        if (!next.delete(keyOf(item))) next.set(keyOf(item), item);
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setChosen(new Map()), []);
  return useMemo(
    () => ({ items: [...chosen.values()], has: (item: ItemName) => chosen.has(keyOf(item)), toggle, clear }),
    [chosen, toggle, clear],
  );
}
