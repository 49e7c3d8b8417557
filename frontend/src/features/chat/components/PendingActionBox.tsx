/** The action of an answer, decided in the chat. */
"use client";

import type { PendingAction } from "@/api/types";
import { PendingBox } from "@/components/cards/PendingBox";
import { useChat } from "../hooks/ChatProvider";
import { isBusy } from "../model/conversation";

interface PendingActionBoxProps {
  action: PendingAction;
  /** What the shopper decided, null when it was passed over, undefined while it is open. */
  outcome?: boolean | null;
}

export function PendingActionBox({ action, outcome }: PendingActionBoxProps) {
  const { state, actions } = useChat();
  const decide = (accept: boolean) =>
    actions.decide(action.id, accept, accept ? action.confirm_label : action.decline_label);
  return (
    <PendingBox
      action={action}
      outcome={outcome}
      blocked={isBusy(state) || state.failure !== null}
      onDecide={decide}
    />
  );
}
