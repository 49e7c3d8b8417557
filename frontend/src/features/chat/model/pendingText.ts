/** The words of an answer without what its confirmation box says again. */
import type { PendingAction } from "@/api/types";

/** Drops the action's summary and its "- label: text" lines; clients without a box need them in the text. */
export function withoutPending(text: string, action: PendingAction | null | undefined): string {
  if (!action) return text;
  const said = new Set(action.lines.map(([label, value]) => `- ${label}: ${value}`.trim()));
  return text
    .replace(action.summary, "")
    .split("\n")
    .filter((line) => !said.has(line.trim()))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
