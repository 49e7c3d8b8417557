/** The languages of the interface: which there are, which one a reader gets, and where a language's texts are. */
import type { en } from "./shop/en";

export type MessageKey = keyof typeof en;
export type Texts = Record<MessageKey, string>;

/** Each language by its own name, in the order of the switch. English is part of every page. */
export const LOCALES = {
  en: "English",
  es: "Español",
  de: "Deutsch",
  fr: "Français",
  hi: "हिन्दी",
} as const;

export type Locale = keyof typeof LOCALES;

const LOADERS: Record<Exclude<Locale, "en">, () => Promise<{ texts: Texts }>> = {
  es: () => import("./shop/es"),
  de: () => import("./shop/de"),
  fr: () => import("./shop/fr"),
  hi: () => import("./shop/hi"),
};

export const loadTexts = (locale: Exclude<Locale, "en">): Promise<Texts> =>
  LOADERS[locale]().then(({ texts }) => texts);

/** The direction of a language's writing, so that a right-to-left one only needs its texts. */
export const directionOf = (locale: string): "ltr" | "rtl" =>
  /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/.test(locale) ? "rtl" : "ltr";
