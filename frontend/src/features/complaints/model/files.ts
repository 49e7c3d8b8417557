/** What may be attached to a complaint. The server looks at the content; this spares the way there. Pure. */
export const MOST_FILES = 5;
export const MOST_BYTES = 5_000_000;
export const ACCEPTED = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

export type Refusal = "type" | "size" | "count";

/** Why a file cannot be attached beside `kept` others, or null when it can. */
export function refusalOf(file: Pick<File, "type" | "size">, kept: number): Refusal | null {
  if (kept >= MOST_FILES) return "count";
  if (!ACCEPTED.includes(file.type)) return "type";
  return file.size > MOST_BYTES ? "size" : null;
}
