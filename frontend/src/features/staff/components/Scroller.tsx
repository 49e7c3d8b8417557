/** A part of the screen that scrolls by itself; it can be reached and scrolled by keyboard. */
import type { ReactNode, Ref } from "react";

interface ScrollerProps {
  label: string;
  className: string;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

export function Scroller({ label, className, ref, children }: ScrollerProps) {
  return (
    // biome-ignore format: the reason stands beside what it is for
    <section ref={ref} aria-label={label} className={className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
