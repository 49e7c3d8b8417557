/** One entry of the conversation. Drawn again only when it or its place at the end changes. */
import { memo } from "react";
import type { ChatActions } from "../hooks/useConversation";
import type { Entry } from "../model/conversation";
import { AssistantMessage } from "./AssistantMessage";
import { ShopperMessage } from "./ShopperMessage";
import { StaffMessage } from "./StaffMessage";
import { Thumbs } from "./Thumbs";

interface RowProps {
  entry: Entry;
  /** The newest entry: its form, choices and question are still open. */
  current: boolean;
  /** How the shopper decided on its action: true, false, or null for anything else. */
  outcome: boolean | null;
  /** Given for the one question that can be written anew. */
  onEdit?: ChatActions["edit"];
}

export const Row = memo(function Row({ entry, current, outcome, onEdit }: RowProps) {
  if (entry.role === "shopper")
    return <ShopperMessage text={entry.text} onEdit={onEdit && (() => onEdit(entry.id))} />;
  if (entry.role === "staff") return <StaffMessage entry={entry} />;
  return (
    <div className="space-y-2">
      <AssistantMessage
        text={entry.text}
        reply={entry.reply}
        stopped={entry.stopped}
        current={current}
        outcome={outcome}
      />
      {entry.reply && <Thumbs entry={entry} reply={entry.reply} />}
    </div>
  );
});
