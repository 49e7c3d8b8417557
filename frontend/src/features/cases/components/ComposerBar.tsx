/** Above the field: whom it is for, canned replies, and a draft from the knowledge. */
"use client";

import { BookText, Sparkles } from "lucide-react";
import { Button } from "@/components/ui/Button";
import type { Desk } from "@/features/staff/hooks/StaffSession";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import type { Draft } from "../api/cases";
import type { Mode } from "./Composer";

interface DraftButtonProps {
  draft: (desk: Desk) => Promise<Draft>;
  onDrafted: (text: string) => void;
}

function DraftButton({ draft, onDrafted }: DraftButtonProps) {
  const { t } = useStaffWords();
  const drafting = useDeskChange({
    run: draft,
    said: ({ found }) => t(found ? "desk.composer.drafted" : "desk.composer.nothing"),
    onDone: ({ text, found }) => found && onDrafted(text),
  });
  return (
    <Button look="quiet" small disabled={drafting.isPending} onClick={() => drafting.mutate()}>
      <Sparkles size={15} aria-hidden />
      {t("desk.composer.draft")}
    </Button>
  );
}

interface ComposerBarProps extends Omit<DraftButtonProps, "draft"> {
  modes: readonly Mode[];
  mode: Mode;
  onMode: (mode: Mode) => void;
  onCanned: () => void;
  draft?: DraftButtonProps["draft"];
}

export function ComposerBar({ modes, mode, onMode, onCanned, draft, onDrafted }: ComposerBarProps) {
  const { t } = useStaffWords();
  return (
    <div className="mb-2 flex flex-wrap items-center gap-1">
      {modes.map((name) => (
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
        <Button look="quiet" small onClick={onCanned}>
          <BookText size={15} aria-hidden />
          {t("desk.canned")}
        </Button>
        {draft && <DraftButton draft={draft} onDrafted={onDrafted} />}
      </span>
    </div>
  );
}
