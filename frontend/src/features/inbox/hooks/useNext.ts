/** From a case to the one after or before it in the list that it was opened from. */
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { deskKey } from "@/features/staff/hooks/useDeskData";
import { INBOX, type InboxItem, type InboxList, type ItemName } from "../api/inbox";
import { placeOf } from "../model/filters";
import { markSeen } from "../model/seen";
import { leave, listAddress } from "../model/way";

/** Marks the case as seen, also when news come while it is open, and leads on. `news` changes with what is shown. */
export function useNext({ kind, id }: ItemName, news: unknown): (step: 1 | -1) => void {
  const cache = useQueryClient();
  const router = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is seen as it is shown
  useEffect(() => {
    markSeen([{ kind, id }]);
    return () => {
      markSeen([{ kind, id }]);
      leave({ kind, id });
    };
  }, [kind, id, news]);
  return (step) => {
    const lists = cache.getQueryCache().findAll({ queryKey: deskKey(INBOX) });
    const latest = lists.sort((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt).at(-1);
    const pages = (latest?.state.data as InfiniteData<InboxList> | undefined)?.pages ?? [];
    const items: InboxItem[] = pages.flatMap(({ results }) => results);
    const here = items.findIndex((item) => item.kind === kind && item.id === id);
    const next = items[here + step];
    router.push(here >= 0 && next ? placeOf(next) : listAddress());
  };
}
