/** Short notes on what was done; a reader of the screen hears them too. */
"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";

const SHOWN_MS = 4000;

type Say = (text: string) => void;
const ToastContext = createContext<Say>(() => undefined);

export const useToast = (): Say => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [notes, setNotes] = useState<{ id: number; text: string }[]>([]);
  const say = useCallback<Say>((text) => {
    const id = Date.now() + Math.random();
    setNotes((shown) => [...shown.slice(-2), { id, text }]);
    setTimeout(() => setNotes((shown) => shown.filter((note) => note.id !== id)), SHOWN_MS);
  }, []);
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
        className="pointer-events-none fixed inset-x-0 top-auto bottom-4 z-50 m-0 flex h-auto w-auto flex-col items-center gap-2 overflow-visible bg-transparent px-4"
      >
        {notes.map(({ id, text }) => (
          <p
            key={id}
            className="animate-rise rounded-control bg-ink px-4 py-2.5 text-sm font-medium text-paper shadow-float"
          >
            {text}
          </p>
        ))}
      </div>
    </ToastContext.Provider>
  );
}
