/** Keyboard shortcuts of a screen. They rest while somebody types or a dialog is open. */
import { useLayoutEffect, useRef } from "react";

/** What a key does, by `event.key`; two keys in a row are written "g i". */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
const SECOND_KEY_MS = 900;

const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest(TYPING) !== null) ||
  document.querySelector("dialog[open]") !== null;

/** Enter and the space bar belong to the button or link that has the focus. */
const ownsKey = (event: KeyboardEvent): boolean =>
  (event.key === "Enter" || event.key === " ") &&
  event.target instanceof Element &&
  event.target.closest("button, a, summary") !== null;

export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  // before the screen is drawn: who sees it can use its keys
  useLayoutEffect(() => {
    let first = { key: "", at: 0 };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target) || ownsKey(event)) return;
      const both = event.timeStamp - first.at < SECOND_KEY_MS ? `${first.key} ${event.key}` : "";
      first = { key: event.key, at: event.timeStamp };
      const act = current.current[both] ?? current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
