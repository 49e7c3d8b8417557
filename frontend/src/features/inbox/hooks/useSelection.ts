/** Which items are ticked. */
import { useState } from "react";
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
  return {
    items: [...chosen.values()],
    has: (item) => chosen.has(keyOf(item)),
    toggle: ({ kind, id }) =>
      setChosen((former) => {
        const next = new Map(former);
        if (!next.delete(keyOf({ kind, id }))) next.set(keyOf({ kind, id }), { kind, id });
        return next;
      }),
    clear: () => setChosen(new Map()),
  };
}
