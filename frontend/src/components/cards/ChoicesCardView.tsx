/** Candidates to pick from; the picked one is sent as the next message. */
"use client";

import type { ChoicesCard } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { Button } from "@/components/ui/Button";

export function ChoicesCardView({ card }: { card: ChoicesCard }) {
  const { ask, busy } = useAssistant();
  return (
    <fieldset disabled={busy} className="min-w-0">
      <legend className="mb-2 text-sm font-medium">{card.title}</legend>
      <div className="flex flex-wrap gap-2">
        {card.choices.map((choice) => (
          <Button key={choice.message} look="chip" onClick={() => ask(choice.message)}>
            {choice.label}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
