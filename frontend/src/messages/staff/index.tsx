/** The words of the desk, which no shopper's page loads. */
"use client";

import { en } from "../shop/en";
import { type Words, wordsOf } from "../words";
import { staff } from "./en";

const TEXTS = { ...en, ...staff };

export type StaffKey = keyof typeof TEXTS;
export type StaffWords = Words<StaffKey>;

const WORDS: StaffWords = wordsOf("en", TEXTS);

/** Texts of the desk and of the shop under one roof; the desk is written in English. */
export const useStaffWords = (): StaffWords => WORDS;
