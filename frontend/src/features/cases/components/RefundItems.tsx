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
  label: "desk.return.receive" | "desk.return.reject" | "desk.exchange.fulfil" | "desk.refund.paid";
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

interface EntryProps {
  id: string;
  state: string;
  /** The state in words. */
  stands: string;
  amount: string;
  about: string;
  steps: Step[];
}

function Entry({ id, state, stands, amount, about, steps }: EntryProps) {
  return (
    <li className="rounded-small border border-line px-3 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="tabular font-medium">{id}</span>
        <State state={state}>{stands}</State>
        <span className="tabular ms-auto">{amount}</span>
      </p>
      <p className="text-xs text-ink-3">{about}</p>
      {steps.length > 0 && <Settle steps={steps} />}
    </li>
  );
}

const joined = (parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(" · ");

type RefundItemsProps = Pick<CustomerFile, "refunds" | "returns" | "exchanges" | "orders">;

export function RefundItems({ refunds, returns, exchanges, orders }: RefundItemsProps) {
  const { money, label } = useStaffWords();
  const mayReject = useMay("supervisor");
  const orderOf = (orderId: string) => orders.find(({ id }) => id === orderId);
  const currencyOf = (orderId: string) => orderOf(orderId)?.currency ?? "USD";
  const returnSteps = (id: string): Step[] => [
    { label: "desk.return.receive", path: `/api/staff/returns/${id}/receive` },
    ...(mayReject
      ? [{ label: "desk.return.reject", path: `/api/staff/returns/${id}/reject`, why: true } as const]
      : []),
  ];
  return (
    <>
      {returns.map(({ id, order_id, status, refund_cents }) => (
        <Entry
          key={id}
          id={id}
          state={status}
          stands={label("desk.return.status", status)}
          amount={money(refund_cents, currencyOf(order_id))}
          about={order_id}
          steps={status === "requested" ? returnSteps(id) : []}
        />
      ))}
      {exchanges.map(({ id, order_id, items, difference_cents }) => {
        const waits = orderOf(order_id)?.status.startsWith("exchange") ?? false;
        const state = waits ? "requested" : "done";
        return (
          <Entry
            key={id}
            id={id}
            state={state}
            stands={label("desk.exchange.status", state)}
            amount={money(difference_cents, currencyOf(order_id))}
            about={joined([order_id, ...items.map((item) => Object.values(item.new_options).join(", "))])}
            steps={
              waits ? [{ label: "desk.exchange.fulfil", path: `/api/staff/exchanges/${id}/fulfil` }] : []
            }
          />
        );
      })}
      {refunds.map(({ id, order_id, status, amount_cents, currency, method_label }) => (
        <Entry
          key={id}
          id={id}
          state={status}
          stands={label("refund.status", status)}
          amount={money(amount_cents, currency)}
          about={joined([order_id, method_label])}
          steps={
            status === "processing"
              ? [{ label: "desk.refund.paid", path: `/api/staff/refunds/${id}/paid` }]
              : []
          }
        />
      ))}
    </>
  );
}
