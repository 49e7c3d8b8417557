/** Which items are ticked. */
import { useCallback, useMemo, useState } from "react";
import type { ItemName } from "../api/inbox";

export interface Selection {
  items: ItemName[];
  has: (item: ItemName) => boolean;
  toggle: (item: ItemName) => void;
  clear: () => void;
}

const keyOf = ({ kind, id }: ItemName): string => `${kind} ${id}`;

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ItemName>>(new Map());
  const toggle = useCallback(
    ({ kind, id }: ItemName) =>
      setChosen((former) => {
        const next = new Map(former);
        if (!next.delete(keyOf({ kind, id }))) next.set(keyOf({ kind, id }), { kind, id });
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
