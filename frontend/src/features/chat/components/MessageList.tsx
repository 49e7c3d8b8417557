/** The conversation. Finished messages sit in a log, so a screen reader hears each of them once, when it is whole. */
"use client";

import clsx from "clsx";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { ProblemNotice } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { useEarlier } from "../hooks/useEarlier";
import { type Entry, isBusy, lastReply, lastWritten } from "../model/conversation";
import { IncomingMessage, useProgress } from "./IncomingMessage";
import { Row } from "./Row";
import { asSuggestions, Suggestions } from "./Suggestions";

const Satisfaction = dynamic(() => import("./Satisfaction").then((module) => module.Satisfaction), {
  ssr: false,
});

/** The newest entries are always drawn; older ones only while they are near the view. */
const ALWAYS_DRAWN = 12;

/** How the entry after an answer decided on its action. */
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
  const busy = isBusy(state);
  const progress = useProgress(incoming);
  const reply = lastReply(state);
  const editable = busy || state.handoff ? undefined : lastWritten(state)?.id;
  const { first, sentinel } = useEarlier(entries.length);
  return (
    <>
      {first > 0 && <div ref={sentinel} aria-hidden className="h-px" />}
      <div role="log" aria-label={t("chat.log")} aria-live={started ? "polite" : "off"} className="space-y-6">
        {entries.slice(first).map((entry, place) => {
          const index = first + place;
          const far = index < entries.length - ALWAYS_DRAWN;
          return (
            <div key={entry.id} className={clsx(far && "far-message")}>
              <Row
                entry={entry}
                current={index === entries.length - 1}
                outcome={outcomeAfter(entries, index)}
                onEdit={entry.id === editable ? actions.edit : undefined}
              />
            </div>
          );
        })}
      </div>
      {busy && <IncomingMessage incoming={incoming} />}
      {failure && <ProblemNotice error={failure} onRetry={actions.retry} />}
      {!busy && !failure && reply && <Suggestions suggestions={asSuggestions(reply.suggestions)} />}
      {!busy && state.over && state.sessionId && <Satisfaction session={state.sessionId} />}
      <p role="status" className="sr-only">
        {busy && progress}
      </p>
    </>
  );
}
