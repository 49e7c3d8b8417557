/** The geometry of a small chart: values by day in a box of fixed size. */

export const WIDTH = 600;
export const HEIGHT = 120;

/** Counts stand as bars from zero; the rest is a line with gaps where nothing is known. */
export type Shape = "bars" | "line";

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The largest value, or 1 where all are zero or unknown. */
export const topOf = (values: readonly (number | null)[]): number =>
  Math.max(0, ...values.map((v) => v ?? 0)) || 1;

export function barsOf(values: readonly (number | null)[]): Bar[] {
  const step = WIDTH / values.length;
  const top = topOf(values);
  const width = Math.max(step * 0.7, 1);
  return values.map((value, index) => {
    const height = ((value ?? 0) / top) * (HEIGHT - 4);
    return { x: index * step + (step - width) / 2, y: HEIGHT - height, width, height };
  });
}

/** Paths through what is known; an unknown day is a gap. A single known day between gaps is a dot. */
export function linesOf(values: readonly (number | null)[]): string[] {
  const step = WIDTH / values.length;
  const top = topOf(values);
  const runs: string[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else {
      const x = (index + 0.5) * step;
      const y = HEIGHT - 4 - (value / top) * (HEIGHT - 8);
      runs.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
    }
  });
  return runs
    .filter((run) => run.length > 0)
    .map((run) => `M${run.join("L")}${run.length === 1 ? "h0.01" : ""}`);
}
