/** Whether these pages stand for the shop that they were made with, whose name and goods their words know. */
import { useEffect, useState } from "react";
import { currentShop } from "@/api/shop";
import { useWords } from "@/messages";

export function useDemo(): boolean {
  const { t } = useWords();
  const [demo, setDemo] = useState(true);
  const builtIn = t("shop.name");
  useEffect(() => {
    currentShop().then(
      ({ name }) => setDemo(name === builtIn),
      () => undefined, // nothing is known of another
    );
  }, [builtIn]);
  return demo;
}
