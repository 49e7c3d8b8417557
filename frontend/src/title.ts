/** How much waits for the reader, before the title of the tab: it is seen from another tab. */
import { useEffect } from "react";

const COUNT = /^\(\d+\) /;

export function useTitleCount(count: number): void {
  useEffect(() => {
    const show = (before: string) => {
      document.title = before + document.title.replace(COUNT, "");
    };
    if (count === 0) return;
    show(`(${count}) `);
    return () => show("");
  }, [count]);
}
