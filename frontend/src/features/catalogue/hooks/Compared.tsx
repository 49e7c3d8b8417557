/** The products picked for comparison: kept on this device, up to four, over all pages of the shop. */
"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { currentTenant } from "@/api/tenant";
import type { ProductSummary } from "@/api/types";

export type Picked = Pick<ProductSummary, "id" | "name" | "category" | "image">;

export const MOST_COMPARED = 4;

interface Compared {
  picked: Picked[];
  /** Picks a product, or puts it back; a fifth is not taken. */
  toggle: (product: Picked) => void;
  clear: () => void;
}

const ComparedContext = createContext<Compared | null>(null);
const key = (): string => `support.compare.${currentTenant() ?? "default"}`;

function read(): Picked[] {
  try {
    return (JSON.parse(window.localStorage.getItem(key()) ?? "[]") as Picked[]).slice(0, MOST_COMPARED);
  } catch {
    return [];
  }
}

function write(picked: Picked[]): void {
  try {
    window.localStorage.setItem(key(), JSON.stringify(picked));
  } catch {
    // The tray then lives as long as the page.
  }
}

export function ComparedProvider({ children }: { children: ReactNode }) {
  const [picked, setPicked] = useState<Picked[]>([]);
  useEffect(() => setPicked(read()), []);
  const compared = useMemo<Compared>(() => {
    const keep = (next: Picked[]) => {
      write(next);
      setPicked(next);
    };
    return {
      picked,
      toggle: ({ id, name, category, image }) => {
        const others = picked.filter((one) => one.id !== id);
        if (others.length < picked.length) keep(others);
        else if (picked.length < MOST_COMPARED) keep([...picked, { id, name, category, image }]);
      },
      clear: () => keep([]),
    };
  }, [picked]);
  return <ComparedContext.Provider value={compared}>{children}</ComparedContext.Provider>;
}

export function useCompared(): Compared {
  const compared = useContext(ComparedContext);
  if (compared === null) throw new Error("useCompared needs a ComparedProvider above it");
  return compared;
}
