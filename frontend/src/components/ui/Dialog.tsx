/** A modal dialog on the browser's own element: it traps focus, closes on Escape and gives focus back. Its first field,
 * where it has one, is ready to be written in. */
"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { useWords } from "@/messages";
import { IconButton } from "./Button";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** "side" slides in at the edge; "middle" is a box. */
  place?: "middle" | "side";
}

const FIELD = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select";

const PLACES = {
  middle: "m-auto w-[min(44rem,calc(100vw-2rem))] max-h-[min(46rem,calc(100dvh-2rem))] rounded-card",
  side: "ms-auto me-0 my-0 h-dvh max-h-dvh w-[min(28rem,100vw)] max-w-none",
};

export function Dialog({ title, onClose, children, place = "middle" }: DialogProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>(FIELD)?.focus();
  }, []);

  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === ref.current) onClose();
  };

  return (
    <dialog
      ref={ref}
      aria-label={title}
      onClose={onClose}
      onClick={closeOnBackdrop}
      onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()} // the window around it stays
      className={clsx("animate-rise bg-surface p-0 shadow-float backdrop:bg-veil", PLACES[place])}
    >
      <div className="flex h-full flex-col">
        <header className="sticky top-0 z-10 flex items-center justify-between gap-4 border-b border-line bg-surface py-3 ps-5 pe-3">
          <h2 className="truncate text-base">{title}</h2>
          <IconButton label={t("common.close")} onClick={onClose}>
            <X size={18} aria-hidden />
          </IconButton>
        </header>
        <div className="overflow-y-auto p-5">{children}</div>
      </div>
    </dialog>
  );
}
