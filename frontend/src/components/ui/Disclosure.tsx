/** A button that shows a small panel below itself; Escape, a press outside and a choice close it. */
"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { IconButton } from "./Button";

interface DisclosureProps {
  label: string;
  icon: ReactNode;
  /** Told how to close it, so that a choice can. */
  children: (close: () => void) => ReactNode;
}

export function Disclosure({ label, icon, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.key !== "Escape") return;
    event.stopPropagation(); // the window around it stays
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from whatever inside has the focus
    <div ref={box} className="relative" onKeyDown={onKeyDown}>
      <IconButton label={label} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {icon}
      </IconButton>
      <div
        id={id}
        hidden={!open}
        className="absolute end-0 top-full z-20 mt-1 w-64 animate-rise rounded-control bg-surface p-1.5 shadow-float"
      >
        {open && children(close)}
      </div>
    </div>
  );
}
