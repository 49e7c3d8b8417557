/** A screen of the desk: its title with what can be done at the top, and its content, which scrolls. */
import clsx from "clsx";
import type { ReactNode } from "react";

interface DeskPageProps {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
  /** The content fills the screen and scrolls itself. */
  filled?: boolean;
}

export function DeskPage({ title, lead, actions, children, filled = false }: DeskPageProps) {
  return (
    <>
      <header className="flex min-h-(--desk-bar-height) shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2 lg:px-6">
        <h1 className="text-base tracking-normal">{title}</h1>
        {lead && <p className="text-ink-3 max-md:hidden">{lead}</p>}
        {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={clsx("min-h-0 flex-1", filled ? "flex flex-col" : "overflow-y-auto px-4 py-5 lg:px-6")}>
        {filled ? children : <div className="mx-auto max-w-(--page-width)">{children}</div>}
      </div>
    </>
  );
}

export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-8">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="text-base tracking-normal">{title}</h2>
          {lead && <p className="mt-1 max-w-[70ch] text-ink-3">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
