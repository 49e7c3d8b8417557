/** Short notes on what was done; a reader of the screen hears them too. */
"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";

const SHOWN_MS = 4000;
const OFFERED_MS = 10_000;

/** Something to do about what was done: take it back. */
export interface Offer {
  title: string;
  run: () => void;
}

interface Note {
  id: number;
  text: string;
  offer?: Offer;
}

type Say = (text: string, offer?: Offer) => void;
const ToastContext = createContext<Say>(() => undefined);

export const useToast = (): Say => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [notes, setNotes] = useState<Note[]>([]);
  const drop = useCallback((id: number) => setNotes((shown) => shown.filter((note) => note.id !== id)), []);
  const say = useCallback<Say>(
    (text, offer) => {
      const id = Date.now() + Math.random();
      setNotes((shown) => [...shown.slice(-2), { id, text, offer }]);
      setTimeout(drop, offer ? OFFERED_MS : SHOWN_MS, id);
    },
    [drop],
  );
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // in the browser's top layer, anew with each note: above a dialog that was opened meanwhile
    if (!box.current?.showPopover) return;
    if (box.current.matches(":popover-open")) box.current.hidePopover();
    if (notes.length > 0) box.current.showPopover();
  }, [notes]);
  return (
    <ToastContext.Provider value={say}>
      {children}
      <div
        ref={box}
        popover="manual"
        role="status"
        className="pointer-events-none fixed inset-x-0 top-3 bottom-auto z-50 m-0 flex h-auto w-auto flex-col items-center gap-2 overflow-visible bg-transparent px-4"
      >
        {notes.map(({ id, text, offer }) => (
          <p
            key={id}
            className="animate-rise rounded-control bg-ink px-4 py-2.5 text-sm font-medium text-paper shadow-float"
          >
            {text}
            {offer && (
              <button
                type="button"
                className="pointer-events-auto ms-3 underline underline-offset-2"
                onClick={() => {
                  offer.run();
                  drop(id);
                }}
              >
                {offer.title}
              </button>
            )}
          </p>
        ))}
      </div>
    </ToastContext.Provider>
  );
}
