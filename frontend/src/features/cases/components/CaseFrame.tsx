/** The frame of a case: a bar with its state and what can be done, the work in the middle, the customer at the side. */
"use client";

import clsx from "clsx";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "@/components/ui/Link";
import { listAddress } from "@/features/inbox/model/way";
import { LiveSign } from "@/features/staff/components/LiveSign";
import { useStaffWords } from "@/messages/staff";
import type { CustomerFile } from "../api/cases";
import { SidePanel } from "./SidePanel";

interface CaseFrameProps {
  title: string;
  state: ReactNode;
  actions: ReactNode;
  file: CustomerFile | null | undefined;
  /** What is on the screen, so that it is marked at the side. */
  here: string;
  children: ReactNode;
}

const HALVES = ["work", "customer"] as const;

export function CaseFrame({ title, state, actions, file, here, children }: CaseFrameProps) {
  const { t } = useStaffWords();
  const [half, setHalf] = useState<(typeof HALVES)[number]>("work");
  return (
    <>
      <header className="flex min-h-(--desk-bar-height) shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2 lg:px-5">
        <Link
          href={listAddress()}
          aria-label={t("desk.keys.back")}
          className="inline-flex size-8 items-center justify-center rounded-small text-ink-2 hover:bg-sunken"
        >
          <ArrowLeft size={17} aria-hidden className="rtl:rotate-180" />
        </Link>
        <h1 className="min-w-0 truncate text-base tracking-normal max-md:basis-[calc(100%-3rem)]">{title}</h1>
        <div className="flex flex-wrap items-center gap-2">{state}</div>
        <div className="ms-auto flex flex-wrap items-center gap-2">
          <span className="max-sm:hidden">
            <LiveSign />
          </span>
          {actions}
        </div>
      </header>
      <nav aria-label={t("desk.case.parts")} className="flex border-b border-line bg-surface xl:hidden">
        {HALVES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === half}
            onClick={() => setHalf(name)}
            className="-mb-px flex-1 border-b-2 border-transparent py-2 text-ink-2 aria-pressed:border-brand aria-pressed:font-semibold aria-pressed:text-ink"
          >
            {t(`desk.case.${name}`)}
          </button>
        ))}
      </nav>
      <div className="flex min-h-0 flex-1">
        <div className={clsx("min-h-0 min-w-0 flex-1 flex-col xl:flex", half === "work" ? "flex" : "hidden")}>
          {children}
        </div>
        {file !== undefined && (
          <SidePanel
            file={file}
            here={here}
            className={clsx(
              "border-line xl:block xl:w-(--desk-side-width) xl:shrink-0 xl:border-s",
              half === "customer" ? "w-full" : "hidden",
            )}
          />
        )}
      </div>
    </>
  );
}
