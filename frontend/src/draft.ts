/** What somebody is writing: kept in the tab, so that neither a reload nor another screen loses it. */
"use client";

import { useCallback, useEffect, useState } from "react";

const keyOf = (name: string): string => `support.draft.${name}`;

function keep(name: string, text: string): void {
  try {
    if (text) window.sessionStorage.setItem(keyOf(name), text);
    else window.sessionStorage.removeItem(keyOf(name));
  } catch {
    // Storage may be blocked in a frame: the draft then lives as long as the page.
  }
}

function kept(name: string): string {
  try {
    return window.sessionStorage.getItem(keyOf(name)) ?? "";
  } catch {
    return "";
  }
}

export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const [text, setText] = useState("");
  useEffect(() => setText((typed) => typed || kept(name)), [name]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      keep(name, next);
    },
    [name],
  );
  return [text, write];
}
