/** The words and formats of the reader's language. */
"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { preferredLocale, rememberLocale } from "./choice";
import { directionOf, type Locale, loadTexts, type MessageKey, type Texts } from "./locales";
import { en } from "./shop/en";
import { type Words as WordsOf, wordsOf } from "./words";

export type { MessageKey } from "./locales";
export type Words = WordsOf<MessageKey>;

interface Language {
  words: Words;
  choose: (locale: Locale) => void;
}

const ENGLISH = wordsOf<Texts>("en", en);
/** Handed on by a part of the site that is written in fewer languages. */
export const LanguageContext = createContext<Language>({ words: ENGLISH, choose: () => undefined });

/** Pages are built in English; a reader of another language is shown them once its texts have come. */
function show(locale: Locale): void {
  const page = document.documentElement;
  page.lang = locale;
  page.dir = directionOf(locale);
  delete page.dataset.words; // set before the first paint by the script in layout.tsx
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [words, setWords] = useState<Words>(ENGLISH);
  const use = useCallback(async (locale: Locale) => {
    try {
      setWords(locale === "en" ? ENGLISH : wordsOf(locale, await loadTexts(locale)));
      show(locale);
    } catch {
      show("en"); // the texts could not be fetched
    }
  }, []);
  useEffect(() => {
    void use(preferredLocale());
  }, [use]);
  const choose = useCallback(
    (locale: Locale) => {
      rememberLocale(locale);
      void use(locale);
    },
    [use],
  );
  const language = useMemo<Language>(() => ({ words, choose }), [words, choose]);
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>;
}

export const useWords = (): Words => useContext(LanguageContext).words;
export const useLanguage = (): Language => useContext(LanguageContext);
