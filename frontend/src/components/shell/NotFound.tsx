/** What a wrong address shows. */
"use client";

import { ButtonLink } from "@/components/ui/Button";
import { useWords } from "@/messages";

export function NotFound() {
  const { t } = useWords();
  return (
    <main id="content" className="page max-w-2xl! py-24">
      <h1 className="text-4xl">{t("notfound.title")}</h1>
      <p className="mt-3 mb-7 text-ink-2">{t("notfound.text")}</p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/products/">{t("nav.products")}</ButtonLink>
        <ButtonLink href="/chat/" look="secondary">
          {t("nav.chat")}
        </ButtonLink>
      </div>
    </main>
  );
}
