/** The top of every shop page. */
"use client";

import clsx from "clsx";
import { Menu, MessageCircle, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { ButtonLink, IconButton } from "@/components/ui/Button";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { Wordmark } from "./Wordmark";

const PLACES = [
  { href: "/products/", key: "nav.products" },
  { href: "/orders/", key: "nav.orders" },
  { href: "/track/", key: "nav.track" },
  { href: "/complaints/", key: "nav.complaints" },
] as const;

function Places({ className, linkClass }: { className: string; linkClass: string }) {
  const { t } = useWords();
  const path = usePathname();
  return (
    <ul className={className}>
      {PLACES.map(({ href, key }) => (
        <li key={href}>
          <Link
            href={href}
            aria-current={path === href ? "page" : undefined}
            className={clsx(
              "rounded-small text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-[current]:text-ink aria-[current]:font-medium",
              linkClass,
            )}
          >
            {t(key)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function Header() {
  const { t } = useWords();
  const path = usePathname();
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(() => setOpen(false), [path]);
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper/90 backdrop-blur-md">
      <a
        href="#content"
        className="sr-only rounded-control bg-brand px-4 py-2 text-on-brand focus:not-sr-only focus:absolute focus:start-3 focus:top-3"
      >
        {t("nav.skip")}
      </a>
      <nav aria-label={t("nav.label")} className="page">
        <div className="flex h-(--header-height) items-center gap-6">
          <Link href="/" aria-label={t("nav.home", { shop: t("shop.name") })} className="rounded-small">
            <Wordmark />
          </Link>
          <Places className="hidden items-center gap-1 md:flex" linkClass="px-3 py-2" />
          <div className="ms-auto flex items-center gap-1">
            <ButtonLink href="/signin/" look="quiet" className="max-sm:hidden!">
              {t("nav.signin")}
            </ButtonLink>
            {path !== "/chat/" && (
              <ButtonLink href="/chat/" look="secondary" className="h-10! px-4! max-sm:w-10! max-sm:px-0!">
                <MessageCircle size={17} aria-hidden />
                <span className="max-sm:sr-only">{t("nav.chat")}</span>
              </ButtonLink>
            )}
            <IconButton
              label={t("nav.menu")}
              aria-expanded={open}
              aria-controls="menu"
              className="md:hidden!"
              onClick={() => setOpen(!open)}
            >
              {open ? <X size={20} aria-hidden /> : <Menu size={20} aria-hidden />}
            </IconButton>
          </div>
        </div>
        <div id="menu" hidden={!open} className="border-t border-line py-2 md:hidden">
          <Places className="flex flex-col" linkClass="block px-2 py-3 text-base" />
          <ButtonLink href="/signin/" look="secondary" className="my-2 w-full sm:hidden!">
            {t("nav.signin")}
          </ButtonLink>
        </div>
      </nav>
    </header>
  );
}
