/** The foot of every shop page. */
"use client";

import { Link } from "@/components/ui/Link";
import { type MessageKey, useWords } from "@/messages";
import { LanguageChoice, ThemeChoice } from "./Preferences";
import { useDemo } from "./useDemo";
import { Wordmark } from "./Wordmark";

type Place = readonly [href: string, key: MessageKey];

const SHOP: Place[] = [
  ["/products/", "nav.products"],
  ["/orders/", "nav.orders"],
  ["/track/", "nav.track"],
];
const HELP: Place[] = [
  ["/chat/", "nav.chat"],
  ["/complaints/", "nav.complaints"],
  ["/staff/", "nav.staff"],
];

function Column({ title, places }: { title: MessageKey; places: Place[] }) {
  const { t } = useWords();
  return (
    <div>
      <h2 className="text-sm tracking-normal">{t(title)}</h2>
      <ul className="mt-2 space-y-1.5">
        {places.map(([href, key]) => (
          <li key={href}>
            <Link href={href} className="text-ink-2 hover:text-ink hover:underline">
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Footer() {
  const { t } = useWords();
  const demo = useDemo();
  return (
    <footer className="mt-24 border-t border-line">
      <div className="page flex flex-wrap justify-between gap-10 pt-10 pb-24">
        <div className="max-w-[34ch]">
          <Wordmark />
          {demo && <p className="mt-3 text-sm text-ink-3">{t("footer.note")}</p>}
          <div className="mt-4 flex flex-wrap gap-x-4 gap-y-2">
            <LanguageChoice className="w-36" />
            <ThemeChoice className="w-44" />
          </div>
        </div>
        <div className="flex flex-wrap gap-x-12 gap-y-8 sm:gap-x-16">
          <Column title="footer.shop" places={SHOP} />
          <Column title="footer.help" places={HELP} />
        </div>
      </div>
    </footer>
  );
}
