/** Waiting and failing, said in words. */
import clsx from "clsx";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { toApiError } from "@/api/problem";
import { useWords, type Words } from "@/messages";
import { Button } from "./Button";

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("animate-breathe rounded-control bg-sunken", className)} />;
}

/** What a reader is told about a failure: the server's own sentence where it gave one. */
export function problemText(error: unknown, { t }: Words): string {
  const problem = toApiError(error);
  if (problem.detail) return problem.detail;
  if (problem.kind === "network") return t("problem.network");
  if (problem.kind === "stream") return t("problem.stream");
  if (problem.status === 404) return t("problem.not_found");
  if (problem.status === 401) return t("problem.identity");
  return t("problem.unknown");
}

export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-control bg-bad-soft px-4 py-3 text-sm text-bad"
    >
      <CircleAlert size={18} aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1">{problemText(error, words)}</p>
      {onRetry && (
        <Button look="secondary" className="h-9! px-3.5! text-sm" onClick={onRetry}>
          {words.t("common.retry")}
        </Button>
      )}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-card border border-dashed border-line-strong px-6 py-12 text-center text-ink-2">
      {children}
    </p>
  );
}
