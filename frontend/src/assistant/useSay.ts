/** The words of a question that a press sends: in the reader's language where the shop reads it, else in English. */
import { useEffect, useState } from "react";
import { currentShop } from "@/api/shop";
import { useWords, type Words } from "@/messages";
import { en } from "@/messages/shop/en";
import { wordsOf } from "@/messages/words";

const ENGLISH = wordsOf("en", en);

export function useSay(): Words["t"] {
  const { t } = useWords();
  const [multilingual, setMultilingual] = useState(false);
  useEffect(() => {
    currentShop().then(
      (shop) => setMultilingual(shop.multilingual),
      () => undefined, // English is read by every shop
    );
  }, []);
  return multilingual ? t : ENGLISH.t;
}
