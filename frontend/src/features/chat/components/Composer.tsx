/** Where the shopper writes. Enter sends, except while an input method is composing a character. */
"use client";

import clsx from "clsx";
import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/Button";
import { useDraft } from "@/draft";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { isBusy, rewritable } from "../model/conversation";
import { prepareAnswers } from "./parts";

const LIMIT = 4000;
const SHOW_REMAINING = 300;

function Remaining({ length, id }: { length: number; id: string }) {
  const { t } = useWords();
  const left = LIMIT - length;
  if (left > SHOW_REMAINING) return null;
  return (
    <p
      id={id}
      role={left < 0 ? "alert" : undefined}
      className={clsx("px-4 pt-1 text-xs", left < 0 ? "text-bad" : "text-ink-3")}
    >
      {left < 0 ? t("chat.toolong", { over: -left, limit: LIMIT }) : t("chat.remaining", { count: left })}
    </p>
  );
}

/** Says that what is written takes the place of the last question. */
function Editing({ onLeave }: { onLeave: () => void }) {
  const { t } = useWords();
  return (
    <p className="flex items-center justify-between gap-3 px-4 pb-1.5 text-sm text-ink-2">
      {t("chat.editing")}
      <Button look="quiet" className="h-8! text-sm" onClick={onLeave}>
        {t("chat.editing.cancel")}
      </Button>
    </p>
  );
}

/** The button that sends, or stops while an answer arrives. */
function SendOrStop({ canSend, busy, onStop }: { canSend: boolean; busy: boolean; onStop: () => void }) {
  const { t } = useWords();
  const label = busy ? t("chat.stop") : t("chat.send");
  return (
    <button
      key={busy ? "stop" : "send"}
      type={busy ? "button" : "submit"}
      onClick={busy ? onStop : undefined}
      disabled={!busy && !canSend}
      aria-label={label}
      title={label}
      className="m-1.5 inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-brand text-on-brand transition-colors hover:bg-brand-hover disabled:bg-sunken disabled:text-ink-3"
    >
      {busy ? <Square size={13} aria-hidden className="fill-current" /> : <ArrowUp size={18} aria-hidden />}
    </button>
  );
}

export function Composer({ autoFocus }: { autoFocus?: boolean }) {
  const { t } = useWords();
  const { state, actions } = useChat();
  const [text, setText] = useDraft("chat");
  const input = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(state.entries);
  latest.current = state.entries;
  const id = useId();
  const busy = isBusy(state);
  const canSend = text.trim() !== "" && text.length <= LIMIT && !busy;

  const { editing } = state;
  useEffect(() => {
    const entry = latest.current.find(({ id: one }) => one === editing);
    if (!entry) return;
    setText(entry.text);
    input.current?.focus();
  }, [editing, setText]);

  useEffect(() => {
    if (autoFocus) input.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const send = () => {
    if (!canSend) return;
    actions.ask(text.trim(), editing ?? undefined);
    setText("");
  };
  const leave = () => {
    actions.edit(null);
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && editing) {
      event.stopPropagation(); // the window around it stays
      leave();
    }
    const again = rewritable(state);
    if (event.key === "ArrowUp" && text === "" && again) {
      event.preventDefault();
      actions.edit(again.id);
    }
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex flex-col"
    >
      {editing && <Editing onLeave={leave} />}
      <div className="flex items-end rounded-[26px] border border-line-strong bg-surface shadow-card transition-colors focus-within:border-focus">
        <label htmlFor={id} className="sr-only">
          {t("chat.input")}
        </label>
        <textarea
          ref={input}
          id={id}
          rows={1}
          enterKeyHint="send"
          value={text}
          placeholder={t("chat.placeholder")}
          dir="auto"
          aria-describedby={`${id}-left`}
          onChange={(event) => {
            prepareAnswers();
            setText(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[min(10rem,30dvh)] min-h-12 flex-1 resize-none bg-transparent py-3 ps-4.5 text-base outline-none placeholder:text-ink-3"
        />
        <SendOrStop canSend={canSend} busy={busy} onStop={actions.stop} />
      </div>
      <Remaining length={text.length} id={`${id}-left`} />
    </form>
  );
}
