/** Money on its way back and the goods it waits for; what has come is noted here. */
"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { Confirm } from "@/features/staff/components/Confirm";
import { State } from "@/features/staff/components/State";
import { useMay } from "@/features/staff/hooks/StaffSession";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { CASES, CUSTOMERS, type CustomerFile } from "../api/cases";

interface Step {
  label: "desk.return.receive" | "desk.return.reject" | "desk.refund.paid";
  path: string;
  /** The customer is told why. */
  why?: boolean;
}

function Settle({ steps }: { steps: Step[] }) {
  const { t } = useStaffWords();
  const [asked, setAsked] = useState<Step | null>(null);
  const [reason, setReason] = useState("");
  const settle = useDeskChange({
    run: (desk, { path, why }: Step) =>
      desk.call(path, { method: "POST", body: why ? { reason } : undefined }),
    stale: [CASES, CUSTOMERS],
    said: t("desk.saved"),
    onDone: () => setAsked(null),
  });
  return (
    <>
      {steps.map((step) => (
        <Button key={step.label} look="quiet" small onClick={() => setAsked(step)}>
          {t(step.label)}
        </Button>
      ))}
      {asked && (
        <Confirm
          title={t(asked.label)}
          confirm={t(asked.label)}
          busy={settle.isPending || (asked.why && reason.trim().length < 3)}
          onConfirm={() => settle.mutate(asked)}
          onClose={() => setAsked(null)}
        >
          <p>{t(`${asked.label}.text`)}</p>
          {asked.why && (
            <Field
              className="mt-4"
              label={t("desk.return.reason")}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              maxLength={500}
            />
          )}
        </Confirm>
      )}
    </>
  );
}

type RefundItemsProps = Pick<CustomerFile, "refunds" | "returns" | "orders">;

export function RefundItems({ refunds, returns, orders }: RefundItemsProps) {
  const { money, label } = useStaffWords();
  const mayReject = useMay("supervisor");
  const currencyOf = (orderId: string) => orders.find(({ id }) => id === orderId)?.currency ?? "USD";
  const stepsOf = (id: string): Step[] => [
    { label: "desk.return.receive", path: `/api/staff/returns/${id}/receive` },
    ...(mayReject
      ? [{ label: "desk.return.reject", path: `/api/staff/returns/${id}/reject`, why: true } as const]
      : []),
  ];
  return (
    <>
      {returns.map(({ id, order_id, status, refund_cents }) => (
        <li key={id} className="rounded-small border border-line px-3 py-2">
          <p className="flex flex-wrap items-center gap-2">
            <span className="tabular font-medium">{id}</span>
            <State state={status}>{label("desk.return.status", status)}</State>
            <span className="tabular ms-auto">{money(refund_cents, currencyOf(order_id))}</span>
          </p>
          <p className="text-xs text-ink-3">{order_id}</p>
          {status === "requested" && <Settle steps={stepsOf(id)} />}
        </li>
      ))}
      {refunds.map(({ id, order_id, status, amount_cents, currency, method_label }) => (
        <li key={id} className="rounded-small border border-line px-3 py-2">
          <p className="flex flex-wrap items-center gap-2">
            <span className="tabular font-medium">{id}</span>
            <State state={status}>{label("refund.status", status)}</State>
            <span className="tabular ms-auto">{money(amount_cents, currency)}</span>
          </p>
          <p className="text-xs text-ink-3">{[order_id, method_label].filter(Boolean).join(" · ")}</p>
          {status === "processing" && (
            <Settle steps={[{ label: "desk.refund.paid", path: `/api/staff/refunds/${id}/paid` }]} />
          )}
        </li>
      ))}
    </>
  );
}
