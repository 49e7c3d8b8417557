/** What somebody is writing: kept in the tab, so that neither a reload nor another screen loses it. */
import { useState } from "react";

const keyOf = (name: string): string => `support.draft.${name}`;

export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const [text, setText] = useState(() => window.sessionStorage.getItem(keyOf(name)) ?? "");
  const write = (next: string) => {
    setText(next);
    if (next) window.sessionStorage.setItem(keyOf(name), next);
    else window.sessionStorage.removeItem(keyOf(name));
  };
  return [text, write];
}
