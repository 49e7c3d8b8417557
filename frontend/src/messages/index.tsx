/** The words and formats of the reader's language. */
"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { en } from "./en";
import { type Format, formatsOf } from "./format";

export type MessageKey = keyof typeof en;
type PluralKey = MessageKey extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never;
type Values = Record<string, string | number>;
export type Catalogue = Record<MessageKey, string>;

/** One language: `t` gives a text with its {names} filled in, `plural` picks the form for a count. */
export interface Words extends Format {
  locale: string;
  t: (key: MessageKey, values?: Values) => string;
  plural: (key: PluralKey, count: number) => string;
  /** The text for a value the server sent ("order.status", "shipped"), else the value made readable. */
  label: (prefix: string, value: string) => string;
}

const CATALOGUES: Record<string, Catalogue> = { en };

function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function readable(value: string): string {
  const words = value.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function wordsOf(locale: string): Words {
  const catalogue = CATALOGUES[locale] ?? en;
  const rules = new Intl.PluralRules(locale);
  const forms = catalogue as Record<string, string>;
  return {
    locale,
    ...formatsOf(locale),
    t: (key, values) => fill(catalogue[key], values),
    plural: (key, count) =>
      fill(forms[`${key}.${rules.select(count)}`] ?? catalogue[`${key}.other`], { count }),
    label: (prefix, value) =>
      forms[`${prefix}.${value.toLowerCase().replaceAll(" ", "_")}`] ?? readable(value),
  };
}

const WordsContext = createContext<Words>(wordsOf("en"));

export function WordsProvider({ locale, children }: { locale: string; children: ReactNode }) {
  const words = useMemo(() => wordsOf(locale), [locale]);
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}

export const useWords = (): Words => useContext(WordsContext);
