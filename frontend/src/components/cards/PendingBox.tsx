/** A write that waits for consent: what exactly would be done, and two equal buttons. */
"use client";

import { useEffect, useState } from "react";
import type { PendingAction } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Facts } from "@/components/ui/Panel";
import { useWords } from "@/messages";

function useExpired(expiresAt: string): boolean {
  const [expired, setExpired] = useState(() => Date.parse(expiresAt) <= Date.now());
  useEffect(() => {
    const left = Date.parse(expiresAt) - Date.now();
    if (!(left > 0 && left < 2 ** 31)) return;
    const timer = setTimeout(() => setExpired(true), left);
    return () => clearTimeout(timer);
  }, [expiresAt]);
  return expired;
}

interface PendingBoxProps {
  action: PendingAction;
  /** What the shopper decided, null when it was passed over, undefined while it is open. */
  outcome?: boolean | null;
  blocked: boolean;
  onDecide: (accept: boolean) => void;
}

function Outcome({ outcome }: { outcome: boolean | null }) {
  const { t } = useWords();
  if (outcome === null) return t("pending.left");
  return outcome ? t("pending.confirmed") : t("pending.declined");
}

const EQUAL = "h-auto! min-h-11 whitespace-normal! py-2";

export function PendingBox({ action, outcome, blocked, onDecide }: PendingBoxProps) {
  const { t } = useWords();
  const expired = useExpired(action.expires_at);
  const open = outcome === undefined;
  return (
    <fieldset
      aria-label={t("pending.label")}
      className="min-w-0 overflow-hidden rounded-card border-2 border-focus bg-surface data-[open=false]:border-line"
      data-open={open}
    >
      <div className="p-4">
        <h2 className="text-base">{action.title}</h2>
        {action.summary && <p className="mt-1 text-ink-2">{action.summary}</p>}
        {action.lines.length > 0 && (
          <div className="mt-3 border-t border-line pt-3">
            <Facts facts={action.lines} />
          </div>
        )}
      </div>
      {open && !expired && (
        <div className="grid grid-cols-2 gap-2.5 border-t border-line p-3">
          <Button className={EQUAL} disabled={blocked} onClick={() => onDecide(true)}>
            {action.confirm_label}
          </Button>
          <Button look="secondary" className={EQUAL} disabled={blocked} onClick={() => onDecide(false)}>
            {action.decline_label}
          </Button>
        </div>
      )}
      {(!open || expired) && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-ink-3">
          {open ? t("pending.expired") : <Outcome outcome={outcome} />}
        </p>
      )}
    </fieldset>
  );
}
