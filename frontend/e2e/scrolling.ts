/** Scrolls a long list as fast as frames come, and tells how long they took. */
import type { Page } from "@playwright/test";

interface Scrolled {
  /** "293 frames, median 16.7 ms, p95 33.4 ms, at most 29 in the page". */
  frames: string;
  /** Whether `enough` was true in the end. */
  reached: boolean;
  most: number;
}

interface Scrolling {
  /** What the list consists of. */
  entries: string;
  /** Pixels for each frame; upwards below zero. */
  step: number;
  /** The end is reached when this is in the page, or so many entries are. */
  until: string | number;
}

const LONGEST_MS = 180_000; // a busy machine draws few frames

export async function scrolled(page: Page, scrolling: Scrolling): Promise<Scrolled> {
  const { times, most, reached } = await page.evaluate(
    async ({ entries, step, until, LONGEST_MS }) => {
      const scrolls = (box: Element) => /auto|scroll/.test(getComputedStyle(box).overflowY);
      let box = document.querySelector(entries)?.parentElement;
      while (box && !scrolls(box)) box = box.parentElement;
      if (!box) throw new Error("there is no list to scroll");
      box.dispatchEvent(new WheelEvent("wheel")); // by hand, so that nothing holds on to the end
      const count = () => document.querySelectorAll(entries).length;
      const done = () =>
        typeof until === "number" ? count() >= until : document.querySelector(until) !== null;
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let [before, most] = [await frame(), 0];
      for (const begun = before; before - begun < LONGEST_MS && !done(); ) {
        box.scrollTop += step;
        const now = await frame();
        times.push(now - before);
        before = now;
        most = Math.max(most, count());
      }
      return { times: times.sort((one, other) => one - other), most, reached: done() };
    },
    { ...scrolling, LONGEST_MS },
  );
  const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(1);
  const frames = `${times.length} frames, median ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${most} in the page`;
  return { frames, most, reached };
}
