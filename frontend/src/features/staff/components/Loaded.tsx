/** What was asked for, or that it is on its way, failed, or is empty. */
"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** Said in place of the content when there is none. */
  empty?: string;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, empty, isEmpty, children }: LoadedProps<T>) {
  const { data, error, refetch } = query;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-40 w-full" />;
  if (empty && isEmpty?.(data)) return <Empty>{empty}</Empty>;
  return children(data);
}
