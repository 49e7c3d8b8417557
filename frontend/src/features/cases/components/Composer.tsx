/** Where staff write: to the shopper, or among themselves. */
"use client";

import clsx from "clsx";
import { BookText, Sparkles } from "lucide-react";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/Button";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { addNote, casePath, draftReply, reply } from "../api/cases";
import { useDraft } from "../hooks/useDraft";
import { CannedPicker } from "./CannedPicker";

export const MODES = ["reply", "note", "whisper"] as const;
export type Mode = (typeof MODES)[number];

interface ComposerProps {
  conversationId: string;
  mode: Mode;
  onMode: (mode: Mode) => void;
  field: RefObject<HTMLTextAreaElement | null>;
}

function useSending(conversationId: string, mode: Mode, onSent: () => void) {
  const { t } = useStaffWords();
  return useDeskChange({
    run: async (desk, text: string) => {
      if (mode === "reply") await reply(desk, conversationId, text);
      else await addNote(desk, conversationId, mode, text);
    },
    stale: [casePath(conversationId)],
    said: mode === "reply" ? t("desk.composer.sent") : t("desk.saved"),
    onDone: onSent,
  });
}

export function Composer({ conversationId, mode, onMode, field }: ComposerProps) {
  const { t } = useStaffWords();
  const [text, write] = useDraft(conversationId);
  const [picking, setPicking] = useState(false);
  const send = useSending(conversationId, mode, () => write(""));
  const draft = useDeskChange({
    run: (desk) => draftReply(desk, conversationId),
    said: ({ found }) => t(found ? "desk.composer.drafted" : "desk.composer.nothing"),
    onDone: ({ text: drafted, found }) => found && insert(drafted),
  });
  const insert = (more: string) => {
    write(text.trim() ? `${text.trimEnd()}\n\n${more}` : more);
    field.current?.focus();
  };
  const submit = () => text.trim() && !send.isPending && send.mutate(text.trim());
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) submit();
    else if (event.key === "/" && text === "") {
      event.preventDefault();
      setPicking(true);
    } else if (event.key === "Escape") field.current?.blur();
  };
  return (
    <div
      className={clsx(
        "border-t border-line px-4 py-3 lg:px-6",
        mode === "reply" ? "bg-surface" : "bg-warn-soft",
      )}
    >
      <div className="mx-auto max-w-4xl">
        <div className="mb-2 flex flex-wrap items-center gap-1">
          {MODES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === mode}
              onClick={() => onMode(name)}
              className="h-7 rounded-small px-2.5 text-ink-2 hover:bg-sunken aria-pressed:bg-ink aria-pressed:font-medium aria-pressed:text-paper"
            >
              {t(`desk.composer.${name}`)}
            </button>
          ))}
          <span className="ms-auto flex gap-1">
            <Button look="quiet" small onClick={() => setPicking(true)}>
              <BookText size={15} aria-hidden />
              {t("desk.canned")}
            </Button>
            {mode === "reply" && (
              <Button look="quiet" small disabled={draft.isPending} onClick={() => draft.mutate()}>
                <Sparkles size={15} aria-hidden />
                {t("desk.composer.draft")}
              </Button>
            )}
          </span>
        </div>
        <textarea
          ref={field}
          value={text}
          rows={3}
          maxLength={4000}
          onChange={({ target }) => write(target.value)}
          onKeyDown={press}
          aria-label={t(`desk.composer.${mode}.label`)}
          placeholder={t(`desk.composer.${mode}.label`)}
          className="w-full resize-y rounded-control border border-line-strong bg-surface px-3 py-2 text-ink placeholder:text-ink-3 focus:outline-2 focus:outline-focus"
        />
        <div className="mt-1.5 flex items-center justify-between gap-3">
          <p className="text-xs text-ink-3 max-sm:hidden">{t("desk.composer.keys")}</p>
          <Button small className="ms-auto" disabled={!text.trim() || send.isPending} onClick={submit}>
            {t(mode === "reply" ? "desk.composer.send" : "desk.composer.keep")}
          </Button>
        </div>
      </div>
      {picking && (
        <CannedPicker
          conversationId={conversationId}
          onPick={(filled) => {
            setPicking(false);
            insert(filled);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}
