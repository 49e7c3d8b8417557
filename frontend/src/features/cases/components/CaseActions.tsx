/** Take over, hand back, close, sum up, print. */
"use client";

import { Check, FileDown, Hand, ListCollapse, RotateCcw, Undo2 } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { useStaffWords } from "@/messages/staff";
import type { CaseFile } from "../api/cases";
import type { CaseActionSet } from "../hooks/useCaseActions";

interface CaseActionsProps {
  file: CaseFile;
  actions: CaseActionSet;
  onSummary: () => void;
}

export function CaseActions({ file, actions, onSummary }: CaseActionsProps) {
  const { t } = useStaffWords();
  const { take, giveBack, change, pdf } = actions;
  const taken = file.handoff?.state === "active";
  const closed = file.conversation.status === "closed";
  return (
    <>
      <Button look="quiet" small onClick={onSummary}>
        <ListCollapse size={15} aria-hidden />
        <span className="max-sm:sr-only">{t("desk.case.summary")}</span>
      </Button>
      <Button look="quiet" small disabled={pdf.isPending} onClick={() => pdf.mutate()}>
        <FileDown size={15} aria-hidden />
        <span className="max-sm:sr-only">{t("desk.case.pdf")}</span>
      </Button>
      <Button
        look="secondary"
        small
        disabled={change.isPending}
        onClick={() => change.mutate({ status: closed ? "open" : "closed" })}
      >
        {closed ? <RotateCcw size={15} aria-hidden /> : <Check size={15} aria-hidden />}
        {t(closed ? "desk.case.reopen" : "desk.bulk.close")}
      </Button>
      {taken ? (
        <Button small disabled={giveBack.isPending} onClick={() => giveBack.mutate()}>
          <Undo2 size={15} aria-hidden />
          {t("desk.case.return")}
        </Button>
      ) : (
        <Button small disabled={take.isPending} onClick={() => take.mutate()}>
          <Hand size={15} aria-hidden />
          {t("desk.keys.take")}
        </Button>
      )}
    </>
  );
}
