/** The rows of the inbox, of which only those on the screen are in the page. */
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/Feedback";
import { useStaffWords } from "@/messages/staff";
import type { Inbox } from "../hooks/useInbox";
import type { Selection } from "../hooks/useSelection";
import { InboxRow } from "./InboxRow";

const ROW_PX = { wide: 56, narrow: 84 };
const WIDE = "(min-width: 48rem)";
const MORE_ROWS = 8;

export interface ListHandle {
  /** Brings a row into view and puts the focus on it. */
  focus: (place: number) => void;
}

interface InboxListProps {
  inbox: Inbox;
  selection: Selection;
  handle: RefObject<ListHandle | null>;
  onFocus: (place: number) => void;
}

const rowHeight = () => (window.matchMedia(WIDE).matches ? ROW_PX.wide : ROW_PX.narrow);

function useRows(total: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: MORE_ROWS,
  });
  useEffect(() => {
    const media = window.matchMedia(WIDE);
    const measure = () => rows.measure();
    media.addEventListener("change", measure);
    return () => media.removeEventListener("change", measure);
  }, [rows]);
  return { scroller, rows };
}

export function InboxList({ inbox, selection, handle, onFocus }: InboxListProps) {
  const { t } = useStaffWords();
  const total = inbox.more ? -1 : inbox.items.length; // -1: how many is not known yet
  const { scroller, rows } = useRows(inbox.items.length);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks for more when other rows come into view or fetching ends
  useEffect(() => inbox.reach(last), [last, inbox.items.length, inbox.fetching]);

  handle.current = {
    focus: (place) => {
      rows.scrollToIndex(place, { align: "auto" });
      const row = () => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"] [data-row]`);
      // the next key may be here before the next frame; a row out of sight is drawn only then
      if (row()) row()?.focus({ preventScroll: true });
      else requestAnimationFrame(() => row()?.focus());
    },
  };
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <ul aria-label={t("desk.nav.inbox")} className="relative" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const item = inbox.items[index];
          return (
            <li
              key={item ? `${item.kind} ${item.id}` : index} // a row that news pushes down stays the same row
              data-place={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {item ? (
                <InboxRow
                  item={item}
                  selected={selection.has(item)}
                  place={index}
                  onToggle={selection.toggle}
                  onFocus={onFocus}
                />
              ) : (
                <Skeleton className="mx-6 my-2 h-8" />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
