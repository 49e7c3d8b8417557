/** A list of the desk with its waiting, failing and empty states. */
"use client";

import type { ReactNode } from "react";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import type { DeskLists } from "../api/desk";
import { useDeskList } from "../hooks/useDeskList";

interface DeskListProps<Name extends keyof DeskLists> {
  name: Name;
  children: (rows: DeskLists[Name][]) => ReactNode;
}

export function DeskList<Name extends keyof DeskLists>({ name, children }: DeskListProps<Name>) {
  const { t } = useWords();
  const { data, error, refetch } = useDeskList(name);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-64 w-full rounded-card!" />;
  if (data.results.length === 0) return <Empty>{t(`staff.empty.${name}`)}</Empty>;
  return children(data.results);
}
