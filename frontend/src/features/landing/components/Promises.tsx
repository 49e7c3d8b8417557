/** What sets the support of this shop apart. */
"use client";

import { BookOpenCheck, Lock, MousePointerClick } from "lucide-react";
import { useWords } from "@/messages";

const PROMISES = [
  { key: "cited", Icon: BookOpenCheck },
  { key: "private", Icon: Lock },
  { key: "confirm", Icon: MousePointerClick },
] as const;

export function Promises() {
  const { t } = useWords();
  return (
    <section className="page mt-24" aria-labelledby="promises">
      <div className="rounded-[28px] bg-sunken px-6 py-12 sm:px-12">
        <h2 id="promises" className="text-3xl">
          {t("landing.how")}
        </h2>
        <ul className="mt-9 grid gap-9 md:grid-cols-3">
          {PROMISES.map(({ key, Icon }) => (
            <li key={key}>
              <span className="inline-flex size-11 items-center justify-center rounded-control bg-surface text-link">
                <Icon size={21} aria-hidden />
              </span>
              <h3 className="mt-4 text-lg">{t(`landing.how.${key}.title`)}</h3>
              <p className="mt-1.5 max-w-[42ch] text-ink-2">{t(`landing.how.${key}.text`)}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
