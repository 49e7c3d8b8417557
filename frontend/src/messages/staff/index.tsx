/** The words of the desk beside those of the shop, which no shopper's page loads. */
"use client";

import clsx from "clsx";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { LanguageContext, useLanguage } from "@/messages";
import { loadTexts } from "../locales";
import { en } from "../shop/en";
import { type Words, wordsOf } from "../words";
import { agoOf } from "./ago";
import { staff } from "./en";
import { type DeskLocale, isDeskLocale } from "./locales";

const TEXTS = { ...en, ...staff };

export type StaffKey = keyof typeof TEXTS;
interface StaffWords extends Words<StaffKey> {
  /** How long ago a moment was, in a few letters. */
  ago: (iso: string) => string;
}

const LOADERS: Record<
  Exclude<DeskLocale, "en">,
  () => Promise<{ texts: Record<keyof typeof staff, string>; codes: Record<string, string> }>
> = {
  es: () => import("./es"),
  de: () => import("./de"),
};

function deskWordsOf(locale: DeskLocale, texts: Record<StaffKey, string>): StaffWords {
  const words = wordsOf(locale, texts);
  const ago = (iso: string): string => {
    const { unit, count } = agoOf(iso);
    return words.t(`desk.ago.${unit}`, { count });
  };
  return { ...words, ago };
}

const ENGLISH = deskWordsOf("en", TEXTS);
const StaffWordsContext = createContext(ENGLISH);

async function load(locale: DeskLocale): Promise<StaffWords> {
  if (locale === "en") return ENGLISH;
  const [shop, { texts, codes }] = await Promise.all([loadTexts(locale), LOADERS[locale]()]);
  return deskWordsOf(locale, { ...codes, ...shop, ...texts });
}

/** The desk in the reader's language where it is written in it, else in English, with all that stands in it. */
export function StaffWordsProvider({ children }: { children: ReactNode }) {
  const { words, choose } = useLanguage();
  const wanted = isDeskLocale(words.locale) ? words.locale : "en";
  const [{ here, shown }, setHere] = useState({ here: ENGLISH, shown: "en" });
  useEffect(() => {
    let current = true;
    const show = (loaded: StaffWords) => current && setHere({ here: loaded, shown: wanted });
    load(wanted).then(show, () => show(ENGLISH)); // the texts could not be fetched
    return () => {
      current = false;
    };
  }, [wanted]);
  const language = useMemo(() => ({ words: here as Words<keyof typeof en>, choose }), [here, choose]);
  return (
    <LanguageContext value={language}>
      <StaffWordsContext value={here}>
        <div lang={here.locale} dir="ltr" className={clsx(shown !== wanted && "invisible")}>
          {children}
        </div>
      </StaffWordsContext>
    </LanguageContext>
  );
}

/** Texts of the desk and of the shop under one roof. */
export const useStaffWords = (): StaffWords => useContext(StaffWordsContext);
