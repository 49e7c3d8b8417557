/** Short notes on what was done; a reader of the screen hears them too. */
"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

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
  return (
    <ToastContext.Provider value={say}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4"
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
