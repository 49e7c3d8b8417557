/** How long until something is due, in words short enough for a row. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "late" is past its time, "soon" has under an hour left. */
export type Urgency = "late" | "soon" | "later";

interface Due {
  urgency: Urgency;
  /** "2 d 4 h", "3 h 12 min", "4 min 09 s": the two largest units. */
  span: string;
}

function spanOf(seconds: number): string {
  const [days, hours] = [Math.floor(seconds / DAY), Math.floor((seconds % DAY) / HOUR)];
  const [minutes, rest] = [Math.floor((seconds % HOUR) / MINUTE), Math.floor(seconds % MINUTE)];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return `${minutes} min ${String(rest).padStart(2, "0")} s`;
}

/** @param due ISO 8601 @param now milliseconds since 1970 */
export function dueIn(due: string, now: number): Due {
  const left = (new Date(due).getTime() - now) / 1000;
  const urgency = left < 0 ? "late" : left < HOUR ? "soon" : "later";
  return { urgency, span: spanOf(Math.abs(left)) };
}
