/** The shop's documents page by page, and those that a search leaves. */
import { useEffect, useState } from "react";
import type { Schema } from "@/api/types";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { DOCUMENTS } from "../api/documents";

const SEARCH_AFTER_MS = 250;

export function useDocuments() {
  const [wanted, setWanted] = useState("");
  const [asked, setAsked] = useState("");
  /** Where the pages before this one began. */
  const [cursors, setCursors] = useState<string[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(wanted.trim());
      setCursors([]);
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const page = useDeskData<Schema<"DocumentRows">>(DOCUMENTS, { q: asked, cursor: cursors.at(-1) });
  const next = page.data?.next_cursor;
  return {
    page,
    wanted,
    setWanted,
    back: cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined,
    on: next ? () => setCursors([...cursors, next]) : undefined,
  };
}

export type Documents = ReturnType<typeof useDocuments>;
