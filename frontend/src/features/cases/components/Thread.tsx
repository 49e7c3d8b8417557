/** What was said in a case, of which only what is on the screen is in the page; it stays at its end while news come. */
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/Button";
import { Scroller } from "@/features/staff/components/Scroller";
import { useStaffWords } from "@/messages/staff";
import type { ThreadEntry } from "../model/thread";
import { ThreadMessage } from "./ThreadMessage";

const GUESSED_PX = 110;
const MORE = 8;
const AT_END_PX = 120;
const BY_HAND = ["wheel", "touchmove", "mousedown", "keydown"] as const;

interface ThreadProps {
  entries: ThreadEntry[];
  hasEarlier: boolean;
  loading: boolean;
  onEarlier: () => void;
}

/** Whether the end is in sight, where it stays when the room or what stands in it changes its height. */
function useAtEnd(scroller: RefObject<HTMLElement | null>): RefObject<boolean> {
  const atEnd = useRef(true);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;
    };
    let held = false;
    const hold = () => {
      held = true; // what somebody unfolds stays where it is
    };
    const observer = new ResizeObserver(() => {
      if (atEnd.current && !held) box.scrollTop = box.scrollHeight;
    });
    for (const event of BY_HAND) box.addEventListener(event, hold, { passive: true });
    observer.observe(box);
    for (const part of box.children) observer.observe(part); // a row is as high as was guessed until it is drawn
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", look);
      for (const event of BY_HAND) box.removeEventListener(event, hold);
    };
  }, [scroller]);
  return atEnd;
}

/** Keeps what is read in its place when earlier messages come before it, and follows the end when it was in sight. */
function useStayInPlace(
  entries: ThreadEntry[],
  rows: ReturnType<typeof useVirtualizer<HTMLElement, Element>>,
  atEnd: RefObject<boolean>,
) {
  const former = useRef<{ first?: string; count: number }>({ count: 0 });
  useLayoutEffect(() => {
    const { first, count } = former.current;
    const last = entries.length - 1;
    const moved = first === undefined ? -1 : entries.findIndex(({ id }) => id === first);
    former.current = { first: entries[0]?.id, count: entries.length };
    if (moved > 0) rows.scrollToIndex(moved, { align: "start" });
    else if (last >= 0 && atEnd.current && entries.length !== count)
      rows.scrollToIndex(last, { align: "end" });
  }, [entries, rows, atEnd]);
}

export function Thread({ entries, hasEarlier, loading, onEarlier }: ThreadProps) {
  const { t } = useStaffWords();
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer<HTMLElement, Element>({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => entries[index]?.id ?? index,
    estimateSize: () => GUESSED_PX,
    overscan: MORE,
  });
  useStayInPlace(entries, rows, useAtEnd(scroller));
  const latest = entries.at(-1);
  const announced = useRef<string | undefined>(undefined);
  useEffect(() => {
    announced.current ??= latest?.id; // what was there before is not read out
  }, [latest]);
  return (
    <Scroller
      ref={scroller}
      label={t("chat.log")}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-4 lg:px-6"
    >
      {hasEarlier && (
        <p className="mb-3 text-center">
          <Button look="secondary" small disabled={loading} onClick={onEarlier}>
            {t(loading ? "common.loading" : "desk.case.earlier")}
          </Button>
        </p>
      )}
      <ol className="relative mx-auto max-w-4xl" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const entry = entries[index];
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0 pb-4"
              style={{ transform: `translateY(${start}px)` }}
            >
              {entry && <ThreadMessage entry={entry} />}
            </li>
          );
        })}
      </ol>
      <p role="log" className="sr-only">
        {latest?.kind === "message" && latest.id !== announced.current && latest.message.text}
      </p>
    </Scroller>
  );
}
