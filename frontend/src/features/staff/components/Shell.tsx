/** The frame of the desk: its screens at the side, or behind a button where there is no room, and its shortcuts. */
"use client";

import { Keyboard, LogOut, Menu } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { LanguageChoice, ThemeChoice } from "@/components/shell/Preferences";
import { Button, IconButton } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Link } from "@/components/ui/Link";
import { useStaffWords } from "@/messages/staff";
import { DESK_LOCALES } from "@/messages/staff/locales";
import { useStaffSession } from "../hooks/StaffSession";
import { type Keys, useKeys } from "../hooks/useKeys";
import { mayAs } from "../model/person";
import { PLACES } from "../model/places";
import { BudgetBanner } from "./BudgetBanner";
import { Frame } from "./Frame";
import { KeyboardHelp } from "./KeyboardHelp";
import { PlaceIcon } from "./PlaceIcon";

function usePlaces() {
  const { person } = useStaffSession();
  return useMemo(() => PLACES.filter(({ role }) => person && mayAs(person.role, role)), [person]);
}

function Places() {
  const { t } = useStaffWords();
  const path = usePathname();
  return (
    <ul className="space-y-0.5">
      {usePlaces().map(({ name, href, label }) => (
        <li key={href}>
          <Link
            href={href}
            aria-current={path === href ? "page" : undefined}
            className="flex h-9 items-center gap-2.5 rounded-small px-2.5 text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-[current]:bg-brand-soft aria-[current]:font-semibold aria-[current]:text-ink"
          >
            <PlaceIcon name={name} />
            {t(label)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Person({ onHelp }: { onHelp: () => void }) {
  const { t, label } = useStaffWords();
  const { person, leave } = useStaffSession();
  return (
    <div className="space-y-1 border-t border-line pt-3">
      <LanguageChoice className="ps-2.5" locales={DESK_LOCALES} />
      <ThemeChoice className="ps-2.5" />
      <p className="px-2.5 pt-2 text-xs text-ink-3">{person && label("desk.role", person.role)}</p>
      <Button look="quiet" small className="w-full justify-start! px-2.5!" onClick={onHelp}>
        <Keyboard size={16} aria-hidden />
        {t("desk.keys.title")}
      </Button>
      <Button look="quiet" small className="w-full justify-start! px-2.5!" onClick={leave}>
        <LogOut size={16} aria-hidden />
        {t("staff.signout")}
      </Button>
    </div>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useStaffWords();
  const router = useRouter();
  const path = usePathname();
  const places = usePlaces();
  const [open, setOpen] = useState<"menu" | "help" | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the screen changes
  useEffect(() => setOpen(null), [path]);

  const keys: Keys = Object.fromEntries(places.map(({ keys, href }) => [keys, () => router.push(href)]));
  useKeys({ ...keys, "?": () => setOpen("help") });

  return (
    <>
      <a
        href="#content"
        className="sr-only rounded-control bg-brand px-4 py-2 text-on-brand focus:not-sr-only focus:absolute focus:start-3 focus:top-3 focus:z-50"
      >
        {t("nav.skip")}
      </a>
      <Frame
        className="flex"
        bar={
          <IconButton label={t("nav.menu")} onClick={() => setOpen("menu")}>
            <Menu size={20} aria-hidden />
          </IconButton>
        }
        sideLabel={t("staff.tabs")}
        side={
          <div className="flex flex-1 flex-col justify-between">
            <Places />
            <Person onHelp={() => setOpen("help")} />
          </div>
        }
      >
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
          <BudgetBanner />
        </main>
        {open === "menu" && (
          <Dialog title={t("nav.menu")} place="side" onClose={() => setOpen(null)}>
            <nav aria-label={t("staff.tabs")} className="space-y-4">
              <Places />
              <Person onHelp={() => setOpen("help")} />
            </nav>
          </Dialog>
        )}
        {open === "help" && <KeyboardHelp onClose={() => setOpen(null)} />}
      </Frame>
    </>
  );
}
