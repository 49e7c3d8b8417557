/** The conversation. Finished messages sit in a log, so a screen reader hears each of them once, when it is whole. */
"use client";

import { useEffect, useState } from "react";
import { ProblemNotice } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { type Entry, lastReply } from "../model/conversation";
import { AssistantMessage } from "./AssistantMessage";
import { IncomingMessage } from "./IncomingMessage";
import { ShopperMessage } from "./ShopperMessage";
import { Suggestions } from "./Suggestions";

/** How the entry after an answer decided on its action: true, false, or null for anything else. */
function outcomeAfter(entries: Entry[], index: number): boolean | null {
  const next = entries[index + 1];
  return next?.role === "shopper" && next.decision ? next.decision.accept : null;
}

function useQuietStart(): boolean {
  const [started, setStarted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStarted(true), 500); // a restored conversation is not read out
    return () => clearTimeout(timer);
  }, []);
  return started;
}

export function MessageList() {
  const { t } = useWords();
  const { state, actions } = useChat();
  const started = useQuietStart();
  const { entries, incoming, failure } = state;
  const reply = lastReply(state);
  return (
    <>
      <div role="log" aria-label={t("chat.log")} aria-live={started ? "polite" : "off"} className="space-y-6">
        {entries.map((entry, index) =>
          entry.role === "shopper" ? (
            <ShopperMessage key={entry.id} text={entry.text} />
          ) : (
            <AssistantMessage
              key={entry.id}
              text={entry.text}
              reply={entry.reply}
              stopped={entry.stopped}
              current={index === entries.length - 1}
              outcome={outcomeAfter(entries, index)}
            />
          ),
        )}
      </div>
      {incoming && <IncomingMessage incoming={incoming} />}
      {failure && <ProblemNotice error={failure} onRetry={actions.retry} />}
      {!incoming && !failure && reply && <Suggestions suggestions={reply.suggestions} />}
      <p role="status" className="sr-only">
        {incoming?.progress}
      </p>
    </>
  );
}
