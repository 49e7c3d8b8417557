/** A write that waits for consent: what exactly would be done, and two equal buttons. */
"use client";

import clsx from "clsx";
import { Check, CircleAlert, CircleCheck, CircleSlash, type LucideIcon, X } from "lucide-react";
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

type State = "open" | "expired" | "confirmed" | "declined" | "left";

const BANDS: Record<State, { Icon: LucideIcon; tone: string }> = {
  open: { Icon: CircleAlert, tone: "bg-warn-soft text-warn" },
  expired: { Icon: CircleSlash, tone: "bg-sunken text-ink-2" },
  confirmed: { Icon: CircleCheck, tone: "bg-brand-soft text-link" },
  declined: { Icon: CircleSlash, tone: "bg-sunken text-ink-2" },
  left: { Icon: CircleSlash, tone: "bg-sunken text-ink-2" },
};

function stateOf(outcome: boolean | null | undefined, expired: boolean): State {
  if (outcome === undefined) return expired ? "expired" : "open";
  if (outcome === null) return "left";
  return outcome ? "confirmed" : "declined";
}

/** Whether anything was done, before anything else. */
function Band({ state }: { state: State }) {
  const { t } = useWords();
  const { Icon, tone } = BANDS[state];
  return (
    <p className={clsx("flex items-center gap-2 px-4 py-2.5 text-sm font-medium", tone)}>
      <Icon size={17} aria-hidden className="shrink-0" />
      {t(`pending.${state}`)}
    </p>
  );
}

/** Neither answer is made easier to give than the other. */
const EQUAL = "h-auto! min-h-11 border-2! px-3! whitespace-normal! py-2 font-semibold!";

export function PendingBox({ action, outcome, blocked, onDecide }: PendingBoxProps) {
  const { t } = useWords();
  const expired = useExpired(action.expires_at);
  const state = stateOf(outcome, expired);
  const open = state === "open";
  return (
    <fieldset
      aria-label={t("pending.label")}
      className="min-w-0 overflow-hidden rounded-card border-2 border-focus bg-surface data-[open=false]:border-line"
      data-open={open}
    >
      <Band state={state} />
      <div className="p-4">
        <h2 className="text-base">{action.title}</h2>
        {action.summary && <p className="mt-1 text-ink-2">{action.summary}</p>}
        {action.lines.length > 0 && (
          <div className="mt-3 border-t border-line pt-3">
            <Facts facts={action.lines} />
          </div>
        )}
      </div>
      {open && (
        <div className="grid grid-cols-2 gap-2.5 border-t border-line p-3">
          <Button look="secondary" className={EQUAL} disabled={blocked} onClick={() => onDecide(true)}>
            <Check size={17} aria-hidden className="shrink-0 text-good" />
            {action.confirm_label}
          </Button>
          <Button look="secondary" className={EQUAL} disabled={blocked} onClick={() => onDecide(false)}>
            <X size={17} aria-hidden className="shrink-0 text-bad" />
            {action.decline_label}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
