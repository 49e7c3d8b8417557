/** Where the parts of the desk stand: the bar above on a narrow screen, the places at the side of a wide one. */
import clsx from "clsx";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/shell/Wordmark";

interface FrameProps {
  className?: string;
  /** What stands in the bar beside the shop's name. */
  bar?: ReactNode;
  /** What stands at the side, below the shop's name. */
  side?: ReactNode;
  sideLabel?: string;
  children?: ReactNode;
}

export function Frame({ className, bar, side, sideLabel, children }: FrameProps) {
  return (
    <div className={clsx("h-dvh flex-col text-sm lg:flex-row", className)}>
      <header className="flex h-(--desk-bar-height) shrink-0 items-center justify-between border-b border-line bg-surface ps-4 pe-2 lg:hidden">
        <Wordmark />
        {bar}
      </header>
      <nav
        aria-label={sideLabel}
        className="hidden w-(--desk-nav-width) shrink-0 flex-col border-e border-line bg-surface p-3 lg:flex"
      >
        <div className="px-2.5 pt-1.5 pb-5 leading-tight [&_svg]:shrink-0">
          <Wordmark />
        </div>
        {side}
      </nav>
      {children}
    </div>
  );
}

/** Painted with the page, before it is known who is there, for whoever has signed in in this browser. */
export function EmptyFrame() {
  return (
    <div aria-hidden inert className="fixed inset-0 hidden bg-paper in-data-desk:block">
      <Frame className="flex">
        <div className="h-(--desk-bar-height) flex-1 border-b border-line bg-surface max-lg:flex-none" />
      </Frame>
    </div>
  );
}
