/** The inbox page by page: more is fetched as the reader comes near the end of what is there. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CallOptions } from "@/api/client";
import { useDesk, useStaffSession } from "@/features/staff/hooks/StaffSession";
import { deskKey } from "@/features/staff/hooks/useDeskData";
import { INBOX, type InboxItem, type InboxList } from "../api/inbox";
import type { Filters } from "../model/filters";

const PAGE_SIZE = 200;
const NEAR_END = 60;
const REFRESH_MS = 60_000; // the events tell sooner; this is for the day they do not

export interface Inbox {
  items: InboxItem[];
  /** How many there are in all, undefined until the first page is here. */
  total: number | undefined;
  error: unknown;
  retry: () => void;
  /** Says which place is the last on the screen. */
  reach: (last: number) => void;
}

function useQuery({ assignee, ...rest }: Filters): CallOptions["query"] {
  const { person } = useStaffSession();
  return { ...rest, assignee: assignee === "me" ? person?.id : assignee };
}

export function useInbox(filters: Filters): Inbox {
  const desk = useDesk();
  const query = useQuery(filters);
  const pages = useInfiniteQuery({
    queryKey: deskKey(INBOX, query),
    queryFn: ({ signal, pageParam }) =>
      desk.call<InboxList>(INBOX, { query: { ...query, cursor: pageParam, limit: PAGE_SIZE }, signal }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESH_MS,
  });
  const items = useMemo(() => pages.data?.pages.flatMap(({ results }) => results) ?? [], [pages.data]);
  return {
    items,
    total: pages.data?.pages[0]?.total,
    error: pages.error,
    retry: () => void pages.refetch(),
    reach: (last) => {
      if (last > items.length - NEAR_END && pages.hasNextPage && !pages.isFetching)
        void pages.fetchNextPage();
    },
  };
}
