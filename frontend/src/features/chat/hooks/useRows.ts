/** Which rows of a conversation are in the page: those in view, the newest, and the one that was last used. */
import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type RefObject, useCallback, useRef, useState } from "react";
import type { Entry } from "../model/conversation";
import { SCROLLER } from "./useFollow";

/** The newest entries are always there: the end is never guessed, and what is new is read out by a screen reader. */
const NEWEST = 8;
const MORE_ROWS = 6;
const GAP_PX = 24;
/** Until a row was measured; what is off by is made good while scrolling, without a jump. */
const LINE_PX = 24;
const LINE_CHARACTERS = 60;
const CARD_PX = 280;

function guess(entry: Entry): number {
  const cards = entry.role === "assistant" ? (entry.reply?.cards.length ?? 0) : 0;
  return LINE_PX * (2 + Math.ceil(entry.text.length / LINE_CHARACTERS)) + CARD_PX * cards;
}

interface Rows {
  log: RefObject<HTMLDivElement | null>;
  rows: Virtualizer<HTMLElement, HTMLElement>;
  /** Whether a row is among the newest. */
  isNew: (index: number) => boolean;
  /** Keeps the row that has the focus, with what is typed in it, when it leaves the view. */
  onFocus: (event: FocusEvent) => void;
}

export function useRows(entries: Entry[]): Rows {
  const log = useRef<HTMLDivElement>(null);
  const [used, setUsed] = useState(-1);
  const count = entries.length;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const wanted = new Set(defaultRangeExtractor(range));
      for (let index = Math.max(0, count - NEWEST); index < count; index += 1) wanted.add(index);
      if (used >= 0 && used < count) wanted.add(used);
      return [...wanted].sort((one, other) => one - other);
    },
    [count, used],
  );
  const rows = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    getScrollElement: () => log.current?.closest<HTMLElement>(`[${SCROLLER}]`) ?? null,
    estimateSize: (index) => guess(entries[index] as Entry),
    getItemKey: (index) => entries[index]?.id ?? index,
    indexAttribute: "data-place",
    gap: GAP_PX,
    overscan: MORE_ROWS,
    rangeExtractor,
  });
  const onFocus = ({ target }: FocusEvent) => {
    const row = target.closest<HTMLElement>("[data-place]");
    if (row) setUsed(Number(row.dataset.place));
  };
  return { log, rows, isNew: (index) => index >= count - NEWEST, onFocus };
}
