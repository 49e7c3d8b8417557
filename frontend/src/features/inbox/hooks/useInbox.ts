/** The inbox page by page: more is fetched as the reader comes near the end of what is there. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CallOptions } from "@/api/client";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { deskKey } from "@/features/staff/hooks/useDeskData";
import { INBOX, type InboxItem, type InboxList } from "../api/inbox";
import { type Filters, statesOf } from "../model/filters";

const PAGE_SIZE = 200;
const NEAR_END = 60;
const REFRESH_MS = 60_000; // the events tell sooner; this is for the day they do not

export interface Inbox {
  items: InboxItem[];
  /** False until the first page is here. */
  ready: boolean;
  /** Something is being fetched, which may be given up for fresher news. */
  fetching: boolean;
  /** There are more than these. */
  more: boolean;
  error: unknown;
  retry: () => void;
  /** Says which place is the last on the screen. */
  reach: (last: number) => void;
}

const queryOf = ({ assignee, text, status, ...rest }: Filters): CallOptions["query"] => ({
  ...rest,
  q: text,
  status: statesOf(status),
  mine: assignee === "me" || undefined,
  assignee: assignee === "me" ? undefined : assignee,
});

export function useInbox(filters: Filters): Inbox {
  const desk = useDesk();
  const query = queryOf(filters);
  const pages = useInfiniteQuery({
    queryKey: deskKey(INBOX, query),
    queryFn: ({ signal, pageParam }) =>
      desk.call<InboxList>(INBOX, { query: { ...query, cursor: pageParam, limit: PAGE_SIZE }, signal }),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    refetchInterval: REFRESH_MS,
  });
  const items = useMemo(() => pages.data?.pages.flatMap(({ results }) => results) ?? [], [pages.data]);
  return {
    items,
    ready: pages.isSuccess,
    fetching: pages.isFetching,
    more: pages.hasNextPage,
    error: pages.error,
    retry: () => void pages.refetch(),
    reach: (last) => {
      // what is read anew gives way: the reader waits for what comes next
      if (last > items.length - NEAR_END && pages.hasNextPage && !pages.isFetchingNextPage)
        void pages.fetchNextPage();
    },
  };
}
