/** The shopper's own conversations: a list, one of them to read, and the way to go on with it. */
"use client";

import { ArrowLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import type { Said } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { asEntries, type Earlier, useHistory } from "../hooks/useHistory";
import { rememberPast } from "../model/past";
import { Row } from "./Row";

function Listed({ earlier, onOpen }: { earlier: Earlier[]; onOpen: (one: Earlier) => void }) {
  const { t, plural, moment } = useWords();
  return (
    <ul className="-mx-2 space-y-0.5">
      {earlier.map((one) => (
        <li key={one.key}>
          <button
            type="button"
            onClick={() => onOpen(one)}
            className="flex w-full items-center gap-3 rounded-control px-3 py-2.5 text-start hover:bg-sunken"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{one.title || t("chat.history.untitled")}</span>
              <span className="text-sm text-ink-3">
                {moment(one.at)} · {plural("chat.history.messages", one.messages)}
              </span>
            </span>
            {one.current && <Badge tone="good">{t("chat.history.now")}</Badge>}
            <ChevronRight size={16} aria-hidden className="text-ink-3 rtl:rotate-180" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface OpenedProps {
  one: Earlier;
  onBack: () => void;
  onGoOn: (said: Said[]) => void;
}

function Opened({ one, onBack, onGoOn }: OpenedProps) {
  const { t } = useWords();
  const [said, setSaid] = useState<Said[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const controller = new AbortController();
    one
      .read(controller.signal)
      .then(setSaid, (reason) => !controller.signal.aborted && setError(reason ?? new Error()));
    return () => controller.abort();
  }, [one]);
  return (
    <div className="space-y-5">
      <Button look="quiet" className="-ms-2.5" onClick={onBack}>
        <ArrowLeft size={16} aria-hidden className="rtl:rotate-180" />
        {t("chat.history.back")}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
      {!said && error === null && <Skeleton className="h-40" />}
      {said &&
        asEntries(said).map((entry) => (
          <div key={entry.id} className="far-message">
            <Row entry={entry} current={false} outcome={null} />
          </div>
        ))}
      {said && one.sessionId && !one.current && (
        <Button className="w-full" onClick={() => onGoOn(said)}>
          {t("chat.history.goon")}
        </Button>
      )}
    </div>
  );
}

export function History({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { state, actions } = useChat();
  const { earlier, error } = useHistory(state.sessionId);
  const [open, setOpen] = useState<Earlier | null>(null);
  const goOn = (said: Said[]) => {
    rememberPast(state);
    actions.goOn({ sessionId: open?.sessionId ?? null, entries: asEntries(said), handoff: null });
    onClose();
  };
  return (
    <Dialog title={t("chat.history")} place="side" onClose={onClose}>
      {open && <Opened one={open} onBack={() => setOpen(null)} onGoOn={goOn} />}
      {!open && error !== null && <ProblemNotice error={error} />}
      {!open && !earlier && error === null && <Skeleton className="h-40" />}
      {!open && earlier?.length === 0 && <Empty>{t("chat.history.empty")}</Empty>}
      {!open && earlier && <Listed earlier={earlier} onOpen={setOpen} />}
    </Dialog>
  );
}
