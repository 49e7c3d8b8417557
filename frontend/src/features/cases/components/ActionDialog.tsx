/** An action on an order in two steps: what is needed for it, then exactly what will happen, to be confirmed. */
"use client";

import type { FormEvent } from "react";
import type { Schema } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field, TextArea } from "@/components/ui/Field";
import { Facts } from "@/components/ui/Panel";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import {
  CASES,
  CUSTOMERS,
  type CustomerFile,
  confirmAction,
  type PendingAction,
  proposeAction,
  withdrawAction,
} from "../api/cases";
import { ACTIONS, type ActionField } from "../model/actions";
import { SwapFields } from "./SwapFields";

type Order = CustomerFile["orders"][number];

function Input({ field, order }: { field: ActionField; order: Order }) {
  const { label } = useStaffWords();
  const name = label("desk.argument", field.name);
  const { input, required, choices = [], value } = field;
  if (input === "long")
    return <TextArea name={field.name} label={name} required={required} maxLength={4000} />;
  if (input === "choice") {
    const none = required ? [] : [["", label("desk.argument", `${field.name}.none`)] as const];
    return <Select name={field.name} label={name} options={[...none, ...choices]} required={required} />;
  }
  if (input === "text")
    return <Field name={field.name} label={name} defaultValue={value} required={required} maxLength={200} />;
  if (input === "swaps") return <SwapFields lines={order.lines} />;
  const boxes = input === "flag" ? ([["on", name]] as const) : choices;
  return (
    <fieldset>
      {input === "lines" && <legend className="mb-1.5 text-sm font-medium">{name}</legend>}
      {boxes.map(([key, title]) => (
        <label key={key} className="flex items-center gap-2.5 py-1">
          <input
            type="checkbox"
            name={field.name}
            value={key}
            defaultChecked={input === "lines"}
            className="size-4 accent-(--brand)"
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

/** The rules in force name the reasons that count. */
const POLICY = "/api/staff/settings/policy";

interface ActionDialogProps {
  tool: string;
  order: Order;
  customer: CustomerFile["customer"];
  onClose: () => void;
}

export function ActionDialog({ tool, order, customer, onClose }: ActionDialogProps) {
  const { t, label } = useStaffWords();
  const plan = ACTIONS[tool];
  const rules = useDeskData<Schema<"PolicyView">>(POLICY).data;
  const propose = useDeskChange({
    shown: true,
    run: (desk, filled: FormData) =>
      proposeAction(desk, customer.id, tool, plan?.arguments(order, filled) ?? {}),
  });
  const confirm = useDeskChange({
    shown: true,
    run: (desk, { id }: PendingAction) => confirmAction(desk, customer.id, id),
    stale: [CASES, CUSTOMERS],
    said: ({ text }) => text,
    onDone: onClose,
  });
  const decline = useDeskChange({
    run: (desk, { id }: PendingAction) => withdrawAction(desk, customer.id, id),
    onDone: onClose,
  });
  const pending = propose.data;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    propose.mutate(new FormData(event.currentTarget));
  };
  const error = propose.error ?? confirm.error;
  return (
    <Dialog title={`${label("desk.tool", tool)}: ${order.id}`} onClose={onClose}>
      <div className="space-y-4">
        {error != null && <ProblemNotice error={error} />}
        {pending ? (
          <>
            <p className="font-medium">{pending.summary}</p>
            <Facts facts={pending.lines as [string, string][]} />
            <div className="grid grid-cols-2 gap-3">
              <Button look="secondary" disabled={decline.isPending} onClick={() => decline.mutate(pending)}>
                {pending.decline_label}
              </Button>
              <Button disabled={confirm.isPending} onClick={() => confirm.mutate(pending)}>
                {pending.confirm_label}
              </Button>
            </div>
          </>
        ) : (
          <form onSubmit={submit} className="space-y-4">
            {rules &&
              plan
                ?.fields(order, customer, rules.policy)
                .map((field) => <Input key={field.name} field={field} order={order} />)}
            <Button type="submit" disabled={!rules || propose.isPending}>
              {t("desk.action.check")}
            </Button>
          </form>
        )}
      </div>
    </Dialog>
  );
}
