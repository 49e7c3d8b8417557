/** The inbox: views, filters, the list, and the keys that go through it. */
"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { LiveSign } from "@/features/staff/components/LiveSign";
import { useStaffSession } from "@/features/staff/hooks/StaffSession";
import { useKeys } from "@/features/staff/hooks/useKeys";
import { useStaffWords } from "@/messages/staff";
import type { ItemChange } from "../api/inbox";
import { useBulk } from "../hooks/useBulk";
import { useInbox } from "../hooks/useInbox";
import { useSelection } from "../hooks/useSelection";
import { filtersOf, NO_FILTERS, placeOf, sameFilters } from "../model/filters";
import { rememberList, takeLeft } from "../model/way";
import { BulkBar } from "./BulkBar";
import { FilterBar } from "./FilterBar";
import { InboxList, type ListHandle } from "./InboxList";
import { ViewBar } from "./ViewBar";

/** An empty list says why it is, and leads on. */
function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useStaffWords();
  if (!filtered) return <Empty>{t("desk.inbox.empty")}</Empty>;
  return (
    <Empty>
      {t("desk.inbox.none")}{" "}
      <Button look="quiet" small onClick={() => changeAddress(NO_FILTERS)}>
        {t("desk.inbox.show_all")}
      </Button>
    </Empty>
  );
}

export function InboxPage() {
  const { t, plural } = useStaffWords();
  const router = useRouter();
  const { person } = useStaffSession();
  const address = useSearchParams();
  const filters = useMemo(() => filtersOf(address), [address]);
  const inbox = useInbox(filters);
  const selection = useSelection();
  const bulk = useBulk(selection.clear);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  // keys come faster than a row gets the focus: where they are is known at once
  const at = useRef(-1);
  const last = inbox.items.length - 1;

  useEffect(() => rememberList(address.toString()), [address]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is there
  useEffect(() => {
    const place = inbox.ready ? takeLeft(inbox.items) : -1;
    if (place < 0) return;
    at.current = place;
    list.current?.focus(place);
  }, [inbox.ready]);

  const go = (step: number) => {
    at.current = Math.min(Math.max(at.current + step, 0), last);
    list.current?.focus(at.current);
  };
  const here = () => inbox.items[at.current];
  /** On what is ticked, else on the row that has the focus. */
  const change = (wanted: ItemChange) => {
    const item = here();
    const items = selection.items.length > 0 ? selection.items : item ? [item] : [];
    if (items.length > 0) bulk.mutate({ items, change: wanted });
  };
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    x: () => {
      const item = here();
      if (item) selection.toggle(item);
    },
    e: () => change({ status: "closed" }),
    a: () => person && change({ assignee: person.id }),
    z: bulk.undo,
    r: () => {
      const item = here();
      if (item) router.push(`${placeOf(item)}&reply=1`);
    },
    Escape: selection.clear,
    "/": () => search.current?.focus(),
  });

  return (
    <DeskPage
      filled
      title={t("desk.nav.inbox")}
      lead={
        inbox.ready ? `${plural("desk.inbox.count", inbox.items.length)}${inbox.more ? " +" : ""}` : undefined
      }
      actions={<LiveSign />}
    >
      <ViewBar filters={filters} />
      <FilterBar filters={filters} field={search} />
      {selection.items.length > 0 && (
        <BulkBar
          count={selection.items.length}
          busy={bulk.isPending}
          onChange={change}
          onClear={selection.clear}
        />
      )}
      {inbox.error != null && (
        <div className="p-4 lg:px-6">
          <ProblemNotice error={inbox.error} onRetry={inbox.retry} />
        </div>
      )}
      {!inbox.ready && inbox.error == null && <Skeleton className="m-6 h-64" />}
      {inbox.ready && last < 0 && (
        <div className="p-6">
          <Nothing filtered={!sameFilters(filters, {})} />
        </div>
      )}
      {last >= 0 && (
        <InboxList
          key={JSON.stringify(filters)}
          inbox={inbox}
          selection={selection}
          handle={list}
          onFocus={(place) => {
            at.current = place;
          }}
        />
      )}
    </DeskPage>
  );
}
