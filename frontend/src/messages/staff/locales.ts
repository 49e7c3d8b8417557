/** The languages that the desk is written in. */
import type { LOCALES } from "../locales";

export const DESK_LOCALES = ["en", "es", "de"] as const satisfies (keyof typeof LOCALES)[];
export type DeskLocale = (typeof DESK_LOCALES)[number];

export const isDeskLocale = (locale: string): locale is DeskLocale =>
  (DESK_LOCALES as readonly string[]).includes(locale);
