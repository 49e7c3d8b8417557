/** The shop's name as a sign. */
"use client";

import { useEffect, useState } from "react";
import { currentShop } from "@/api/shop";
import { useWords } from "@/messages";

export function Wordmark() {
  const { t } = useWords();
  const [name, setName] = useState(t("shop.name"));
  useEffect(() => {
    currentShop().then(
      (shop) => setName(shop.name),
      () => undefined, // the name that was built in stays
    );
  }, []);
  return (
    <span className="flex items-center gap-2 text-[17px] leading-tight font-[680] tracking-tight">
      <svg viewBox="0 0 24 24" className="size-6 shrink-0 text-link" aria-hidden="true">
        <path d="M4 3h10a6 6 0 0 1 6 6v12H10a6 6 0 0 1-6-6z" fill="currentColor" />
        <circle cx="12" cy="12" r="3.5" fill="var(--spark)" />
      </svg>
      {name}
    </span>
  );
}
