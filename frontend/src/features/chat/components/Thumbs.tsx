/** Whether an answer helped: a thumb at once, and reasons for a thumb down by who wants to give them. */
"use client";

import clsx from "clsx";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Reply } from "@/api/types";
import { CopyButton } from "@/components/ui/CopyButton";
import { useWords } from "@/messages";
import { sendFeedback } from "../api/feedback";
import { useChat } from "../hooks/ChatProvider";
import { withoutMarks } from "../model/citations";
import type { Answered, Thumb } from "../model/conversation";

const Reasons = dynamic(() => import("./Reasons").then((module) => module.Reasons), { ssr: false });

const THUMBS = [
  { thumb: "up", Icon: ThumbsUp },
  { thumb: "down", Icon: ThumbsDown },
] as const;

export function Thumbs({ entry, reply }: { entry: Answered; reply: Reply }) {
  const { t } = useWords();
  const { state, actions } = useChat();
  const [asking, setAsking] = useState(false);
  const [thanks, setThanks] = useState(false);
  const give = (thumb: Thumb, reasons?: string[], comment?: string) => {
    const session = state.sessionId;
    if (!session) return;
    actions.thumb(entry.id, thumb);
    setAsking(thumb === "down" && reasons === undefined);
    setThanks(thumb === "up" || reasons !== undefined);
    // An opinion that does not arrive is not worth a failure on the shopper's screen.
    sendFeedback({ session, message: reply.message_id, thumb, reasons, comment }).catch(() => undefined);
  };
  return (
    <div>
      <fieldset className="-ms-1.5 flex items-center gap-0.5">
        <legend className="sr-only">{t("feedback.label")}</legend>
        {THUMBS.map(({ thumb, Icon }) => (
          <button
            key={thumb}
            type="button"
            aria-label={t(`feedback.${thumb}`)}
            title={t(`feedback.${thumb}`)}
            aria-pressed={entry.thumb === thumb}
            onClick={() => give(thumb)}
            className={clsx(
              "inline-flex size-8 items-center justify-center rounded-small transition-colors hover:bg-sunken hover:text-ink",
              entry.thumb === thumb ? "text-link [&>svg]:fill-brand-soft" : "text-ink-3",
            )}
          >
            <Icon size={15} aria-hidden />
          </button>
        ))}
        {entry.text && <CopyButton text={withoutMarks(entry.text)} className="text-ink-3!" />}
        <span role="status" className="ms-1.5 text-xs text-ink-3">
          {thanks && t("feedback.thanks")}
        </span>
      </fieldset>
      {asking && <Reasons onSend={(reasons, comment) => give("down", reasons, comment)} />}
    </div>
  );
}
