/** How long ago something was, as short as a row of a list needs it. */

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

type Ago = (typeof UNITS)[number][0] | "now";

/** The largest unit that fits, and how many of it have passed since then; less than a minute is now. */
export function agoOf(iso: string): { unit: Ago; count: number } {
  const seconds = Math.max(0, (Date.now() - new Date(iso).getTime()) / 1000);
  const [unit, size] = UNITS.find(([, least]) => seconds >= least) ?? ["now", 60];
  return { unit, count: Math.floor(seconds / size) };
}
