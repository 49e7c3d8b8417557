/** Scrolls along with an arriving answer until its question reaches the top, so that it is read from its start. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const MARGIN = 16;
const NEAR_BOTTOM = 96;
/** Cards are drawn a moment after the last word. */
const SETTLE_MS = 500;

const QUESTION = "data-question";
/** Marks what scrolls around the messages. */
export const SCROLLER = "data-scroller";

interface Follow {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atBottom: boolean;
  toBottom: () => void;
}

/** Where the view belongs: the end, but never past the newest question. */
function restingPlace(scroller: HTMLElement, content: HTMLElement): number {
  const end = scroller.scrollHeight - scroller.clientHeight;
  const question = [...content.querySelectorAll<HTMLElement>(`[${QUESTION}]`)].at(-1);
  if (!question) return end;
  const top =
    question.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  return Math.min(end, top - MARGIN);
}

interface Followed {
  /** How many questions were asked. */
  questions: number;
  /** How many messages of people of the shop there are. */
  heard: number;
  /** An answer arrives. */
  busy: boolean;
}

export function useFollow({ questions, heard, busy }: Followed): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  /** A person has written, which is read from its end. */
  const toEnd = useRef(false);
  const [atBottom, setAtBottom] = useState(true);

  const look = useCallback(() => {
    const view = scroller.current;
    if (view) setAtBottom(view.scrollHeight - view.clientHeight - view.scrollTop < NEAR_BOTTOM);
  }, []);

  useEffect(() => {
    const [view, inner] = [scroller.current, content.current];
    if (!view || !inner) return;
    const settle = () => {
      if (following.current) view.scrollTop = toEnd.current ? view.scrollHeight : restingPlace(view, inner);
      look();
    };
    const letGo = () => {
      following.current = false;
    };
    const observer = new ResizeObserver(settle);
    observer.observe(inner);
    observer.observe(view);
    const byHand = ["wheel", "touchmove", "mousedown", "keydown"] as const;
    for (const event of byHand) view.addEventListener(event, letGo, { passive: true });
    view.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      for (const event of byHand) view.removeEventListener(event, letGo);
      view.removeEventListener("scroll", look);
    };
  }, [look]);

  useEffect(() => {
    if (busy || questions === 0) {
      following.current = true;
      toEnd.current = false;
      return;
    }
    const timer = setTimeout(() => {
      following.current = false;
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [busy, questions]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the reader was when somebody had written
  useEffect(() => {
    if (heard === 0 || !atBottom) return; // who reads further up is not taken away
    following.current = true;
    toEnd.current = true;
    const timer = setTimeout(() => {
      following.current = false;
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [heard]);

  const toBottom = useCallback(() => {
    following.current = false; // else the next card that is drawn would take the reader back
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  return { scroller, content, atBottom, toBottom };
}
