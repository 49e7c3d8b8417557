/** Where staff write: to the customer, or among themselves. */
"use client";

import clsx from "clsx";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/Button";
import { useDraft } from "@/draft";
import type { Desk } from "@/features/staff/hooks/StaffSession";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import type { Subject } from "../api/canned";
import type { Draft } from "../api/cases";
import { CannedPicker } from "./CannedPicker";
import { ComposerBar } from "./ComposerBar";

/** "reply" goes to the chat and "mail" by mail; the customer sees nothing of the others. */
export type Mode = "reply" | "mail" | "note" | "whisper";

interface ComposerProps {
  /** What is written about: what is not sent yet is kept under it. */
  name: string;
  modes: readonly Mode[];
  mode: Mode;
  onMode: (mode: Mode) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  send: (desk: Desk, mode: Mode, text: string) => Promise<unknown>;
  /** Paths whose data are old once something was sent. */
  stale: readonly string[];
  /** What canned replies are filled in from. */
  subject: Subject;
  /** Drafts a reply from the knowledge, where there is a question to answer. */
  draft?: (desk: Desk) => Promise<Draft>;
}

export function Composer(props: ComposerProps) {
  const { name, modes, mode, onMode, field, stale, subject } = props;
  const { t } = useStaffWords();
  const [text, write] = useDraft(name);
  const [picking, setPicking] = useState(false);
  const isPublic = mode === "reply" || mode === "mail";
  const send = useDeskChange({
    run: (desk, said: string) => props.send(desk, mode, said),
    stale,
    said: t(isPublic ? "desk.composer.sent" : "desk.saved"),
    onDone: () => write(""),
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
    <div className={clsx("border-t border-line px-4 py-3 lg:px-6", isPublic ? "bg-surface" : "bg-warn-soft")}>
      <div className="mx-auto max-w-4xl">
        <ComposerBar
          modes={modes}
          mode={mode}
          onMode={onMode}
          onCanned={() => setPicking(true)}
          draft={isPublic ? props.draft : undefined}
          onDrafted={insert}
        />
        <textarea
          ref={field}
          value={text}
          dir="auto"
          maxLength={4000}
          onChange={({ target }) => write(target.value)}
          onKeyDown={press}
          aria-label={t(`desk.composer.${mode}.label`)}
          placeholder={t(`desk.composer.${mode}.label`)}
          className="field-sizing-content max-h-[40dvh] min-h-[min(4.75rem,14dvh)] w-full resize-y rounded-control border border-line-strong bg-surface px-3 py-2 text-ink placeholder:text-ink-3 focus:outline-2 focus:outline-focus"
        />
        <div className="mt-1.5 flex items-center justify-between gap-3">
          <p className="text-xs text-ink-3 max-sm:hidden">{t("desk.composer.keys")}</p>
          <Button small className="ms-auto" disabled={!text.trim() || send.isPending} onClick={submit}>
            {t(isPublic ? "desk.composer.send" : "desk.composer.keep")}
          </Button>
        </div>
      </div>
      {picking && (
        <CannedPicker
          subject={subject}
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
