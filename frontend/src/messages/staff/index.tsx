/** The words of the desk, which no shopper's page loads. */
"use client";

import { en } from "../shop/en";
import { type Words, wordsOf } from "../words";
import { agoOf } from "./ago";
import { staff } from "./en";

const TEXTS = { ...en, ...staff };

export type StaffKey = keyof typeof TEXTS;
export interface StaffWords extends Words<StaffKey> {
  /** How long ago a moment was, in a few letters. */
  ago: (iso: string) => string;
}

const ENGLISH = wordsOf("en", TEXTS);

const WORDS: StaffWords = {
  ...ENGLISH,
  ago: (iso) => {
    const { unit, count } = agoOf(iso);
    return ENGLISH.t(`desk.ago.${unit}`, { count });
  },
};

/** Texts of the desk and of the shop under one roof; the desk is written in English. */
export const useStaffWords = (): StaffWords => WORDS;
