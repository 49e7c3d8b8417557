/** One write from its proposal to its outcome, for pages that work without the chat. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { confirm, type Outcome, propose } from "@/api/actions";
import { ApiError } from "@/api/problem";
import type { PendingAction } from "@/api/types";
import { useAssistant } from "@/assistant/context";

export interface Action {
  pending: PendingAction | null;
  outcome: Outcome | null;
  error: unknown;
  busy: boolean;
  /** Whether the answer was: show first who you are. */
  needsProof: boolean;
  propose: (tool: string, args: Record<string, unknown>) => void;
  decide: (accept: boolean) => void;
  /** Proposes the same again, under the session that has proved more. */
  again: (session: string) => void;
}

interface Proposed {
  session: string | null;
  tool: string;
  args: Record<string, unknown>;
}

export function useAction(): Action {
  const { sessionId } = useAssistant();
  const client = useQueryClient();
  const [pending, setPending] = useState<PendingAction | null>(null);
  const proposal = useMutation({
    mutationFn: ({ tool, args, session }: Proposed) => propose(session, tool, args),
    onSuccess: setPending,
  });
  const confirmation = useMutation({
    mutationFn: (id: string) => confirm(sessionId, id),
    onSuccess: () => {
      setPending(null);
      return client.invalidateQueries(); // an order, a refund or a complaint is now another
    },
  });
  const error = proposal.error ?? confirmation.error;
  return {
    pending,
    outcome: confirmation.data ?? null,
    error,
    busy: proposal.isPending || confirmation.isPending,
    needsProof: error instanceof ApiError && error.code === "identity_needed",
    propose: (tool, args) => proposal.mutate({ session: sessionId, tool, args }),
    decide: (accept) => {
      if (accept && pending) confirmation.mutate(pending.id);
      else setPending(null);
    },
    again: (session) => proposal.variables && proposal.mutate({ ...proposal.variables, session }),
  };
}
