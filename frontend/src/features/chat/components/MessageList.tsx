/** The conversation. Finished messages sit in a log, so a screen reader hears each of them once, when it is whole. */
"use client";

import clsx from "clsx";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { ProblemNotice } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { useRows } from "../hooks/useRows";
import { type Entry, isBusy, lastReply, rewritable, startsAnew } from "../model/conversation";
import { IncomingMessage, useProgress } from "./IncomingMessage";
import { Row } from "./Row";
import { asSuggestions, Suggestions } from "./Suggestions";

const Satisfaction = dynamic(() => import("./Satisfaction").then((module) => module.Satisfaction), {
  ssr: false,
});

/** When what follows was said. */
function TimeMark({ at }: { at: number }) {
  const { when } = useWords();
  const time = new Date(at).toISOString();
  return (
    <p className="pb-4 text-center text-xs text-ink-3">
      <time dateTime={time}>{when(time)}</time>
    </p>
  );
}

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
  const editable = rewritable(state)?.id;
  const { log, rows, isNew, onFocus } = useRows(entries);
  return (
    <>
      <div
        ref={log}
        role="log"
        aria-label={t("chat.log")}
        aria-live={started ? "polite" : "off"}
        onFocus={onFocus}
        className="relative shrink-0 [overflow-anchor:none]"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index];
          return (
            entry && (
              <div
                key={key}
                ref={rows.measureElement}
                data-place={index}
                // what comes back by scrolling is no news
                aria-live={isNew(index) ? undefined : "off"}
                className={clsx(
                  "absolute inset-x-0 top-0",
                  !isNew(index) && "[&_.animate-rise]:animate-none",
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                {startsAnew(entries, index) && <TimeMark at={entry.at} />}
                <Row
                  entry={entry}
                  current={index === entries.length - 1}
                  outcome={outcomeAfter(entries, index)}
                  onEdit={entry.id === editable ? actions.edit : undefined}
                />
              </div>
            )
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
