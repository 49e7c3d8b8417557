/** What the shop may spend on the language model, and how much of it is gone. */
import type { Schema } from "@/api/types";

export type Usage = Schema<"UsageView">;
export type Limit = Schema<"LimitView">;

export const USAGE = "/api/staff/usage";

const DAY_MS = 86_400_000;

/** A day so long ago; days are counted in UTC, as the server counts them. */
export const dayBefore = (days: number): string =>
  new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

export const isSpent = ({ used, limit }: Limit): boolean => used >= limit;

/** The part of a limit that is used, 0 to 1. */
export const shareOf = ({ used, limit }: Limit): number => Math.min(1, used / Math.max(1, limit));

/** The limit to warn of: the fullest of those that are nearly used up or spent. */
export const pressing = (limits: readonly Limit[]): Limit | undefined =>
  [...limits].filter(({ warning }) => warning).sort((one, other) => shareOf(other) - shareOf(one))[0];
