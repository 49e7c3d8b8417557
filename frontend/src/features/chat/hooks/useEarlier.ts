/** How much of a long conversation is on the page: its end, and more of it as the reader scrolls up. */
import { type RefCallback, startTransition, useCallback, useRef, useState } from "react";

const STEP = 40;
/** More is added before the reader meets the edge. */
const AHEAD = "1200px 0px 0px 0px";

interface Earlier {
  /** The first entry that is shown. */
  first: number;
  /** Stands before it: when it comes near the view, more is shown. */
  sentinel: RefCallback<HTMLElement>;
}

export function useEarlier(count: number): Earlier {
  const [steps, setSteps] = useState(1);
  const observer = useRef<IntersectionObserver | null>(null);
  const first = Math.max(0, count - steps * STEP);

  // A new callback after each step, so that the sentinel is looked at anew where it now stands.
  const sentinel = useCallback<RefCallback<HTMLElement>>(
    (element) => {
      observer.current?.disconnect();
      if (!element) return;
      const seen: IntersectionObserverCallback = ([entry]) => {
        // drawn in slices between the frames, so that scrolling never waits for it
        if (entry?.isIntersecting) startTransition(() => setSteps(steps + 1));
      };
      observer.current = new IntersectionObserver(seen, { root: scrollerOf(element), rootMargin: AHEAD });
      observer.current.observe(element);
    },
    [steps],
  );
  return { first, sentinel };
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  const parent = element.parentElement;
  if (parent === null) return null;
  return /auto|scroll/.test(getComputedStyle(parent).overflowY) ? parent : scrollerOf(parent);
}
