/** One message of a case, or a note among staff. */
"use client";

import clsx from "clsx";
import { ChevronRight, EyeOff, ThumbsDown, ThumbsUp } from "lucide-react";
import { memo } from "react";
import { useStaffWords } from "@/messages/staff";
import type { CaseMessage } from "../api/cases";
import type { ThreadEntry } from "../model/thread";
import { Correct } from "./Correct";
import { TraceView } from "./TraceView";

const BUBBLES = {
  shopper: "bg-surface border border-line",
  assistant: "bg-sunken",
  staff: "bg-bubble text-on-bubble",
} as const;

function Thumb({ feedback }: { feedback: NonNullable<CaseMessage["feedback"]> }) {
  const { t } = useStaffWords();
  const Sign = feedback.score === "up" ? ThumbsUp : ThumbsDown;
  const said = [...feedback.reasons, feedback.comment].filter(Boolean).join(", ");
  return (
    <span
      className={clsx("inline-flex items-center gap-1", feedback.score === "up" ? "text-good" : "text-bad")}
    >
      <Sign size={13} aria-hidden />
      {t(feedback.score === "up" ? "desk.case.helped" : "desk.case.nothelped")}
      {said && `: ${said}`}
    </span>
  );
}

/** Folded away under the answer: why it is as it is. */
function Why({ message, asked }: { message: CaseMessage; asked: CaseMessage | null }) {
  const { t, label } = useStaffWords();
  const { trace } = message;
  if (!trace) return null;
  const intent = trace.intents[0] ?? "general";
  return (
    <div className="mt-1.5 flex flex-wrap items-start gap-x-3 gap-y-1">
      <details className="group min-w-0 flex-1 basis-64">
        <summary className="inline-flex list-none items-center gap-1 rounded-small text-xs text-ink-2 hover:text-ink">
          <ChevronRight size={13} aria-hidden className="transition-transform group-open:rotate-90" />
          {t("desk.trace.summary", {
            intents: trace.intents.map((name) => label("desk.intent", name)).join(", "),
            ms: trace.ms === null ? "" : t("desk.trace.ms", { ms: Math.round(trace.ms) }),
          })}
        </summary>
        <div className="mt-2 rounded-small border border-line bg-surface p-3">
          <TraceView trace={trace} />
        </div>
      </details>
      {asked && <Correct messageId={asked.id} taken={asked.corrected ?? intent} />}
    </div>
  );
}

function Said({ message, asked }: { message: CaseMessage; asked: CaseMessage | null }) {
  const { t, when } = useStaffWords();
  const own = message.role === "staff";
  const who = own ? (message.staff_name ?? t("desk.case.staff")) : t(`desk.role.${message.role}` as const);
  return (
    <div className={clsx("flex flex-col", own ? "items-end" : "items-start")}>
      <p className="mb-1 flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
        <span className="font-medium text-ink-2">{who}</span>
        <time className="tabular" dateTime={message.at}>
          {when(message.at)}
        </time>
        {message.replaced && <span>{t("desk.case.replaced")}</span>}
        {message.feedback && <Thumb feedback={message.feedback} />}
      </p>
      <p
        dir="auto"
        className={clsx(
          "max-w-[min(46rem,100%)] rounded-control px-3.5 py-2.5 break-words whitespace-pre-line",
          BUBBLES[message.role],
          message.replaced && "text-ink-3 line-through",
        )}
      >
        {message.text || t("chat.pressed")}
      </p>
      {message.role === "assistant" && (
        <div className="w-full max-w-[46rem]">
          <Why message={message} asked={asked} />
        </div>
      )}
    </div>
  );
}

export const ThreadMessage = memo(function ThreadMessage({ entry }: { entry: ThreadEntry }) {
  const { t, when } = useStaffWords();
  if (entry.kind === "message") return <Said message={entry.message} asked={entry.asked} />;
  const { note } = entry;
  return (
    <div className="rounded-control border border-dashed border-warn bg-warn-soft px-3.5 py-2.5">
      <p className="mb-1 flex items-center gap-2 text-xs text-warn">
        <EyeOff size={13} aria-hidden />
        <span className="font-semibold">{t(`desk.note.${note.kind}` as const)}</span>
        <span>{note.author_name}</span>
        <time className="tabular" dateTime={note.at}>
          {when(note.at)}
        </time>
      </p>
      <p dir="auto" className="break-words whitespace-pre-line">
        {note.text}
      </p>
    </div>
  );
});
