/** What follows a form that proposes a write: proof where it is missing, the two equal buttons, and the outcome. */
"use client";

import { CircleCheck } from "lucide-react";
import { PendingBox } from "@/components/cards/PendingBox";
import { ProblemNotice } from "@/components/ui/Feedback";
import { CodeForm } from "./CodeForm";
import type { Action } from "./useAction";

export function ActionFlow({ action, known }: { action: Action; known: boolean }) {
  const { pending, outcome, error, needsProof, busy } = action;
  if (outcome)
    return (
      <p role="status" className="flex gap-3 rounded-card bg-good-soft px-4 py-3.5 text-good">
        <CircleCheck size={20} aria-hidden className="mt-0.5 shrink-0" />
        <span className="whitespace-pre-line">{outcome.text}</span>
      </p>
    );
  if (pending) return <PendingBox action={pending} blocked={busy} onDecide={action.decide} />;
  if (needsProof) return <CodeForm known={known} onProved={action.again} />;
  return error ? <ProblemNotice error={error} /> : null;
}
