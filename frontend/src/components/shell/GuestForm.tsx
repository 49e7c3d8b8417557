/** Order number and e-mail address: what a guest shows to see an order. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { useWords } from "@/messages";

interface GuestFormProps {
  orderId?: string;
  submitLabel: string;
  busy: boolean;
  error: unknown;
  onProve: (orderId: string, email: string) => void;
}

export function GuestForm({ orderId = "", submitLabel, busy, error, onProve }: GuestFormProps) {
  const { t } = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onProve(String(data.get("order")).trim().toUpperCase(), String(data.get("email")).trim());
  };
  return (
    <form
      onSubmit={submit}
      className="space-y-4 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <Field
        name="order"
        label={t("orders.number")}
        placeholder={t("orders.number.placeholder")}
        defaultValue={orderId}
        autoComplete="off"
        autoCapitalize="characters"
        required
      />
      <Field name="email" type="email" label={t("orders.email")} autoComplete="email" required />
      {error != null && <ProblemNotice error={error} />}
      <Button type="submit" disabled={busy} className="w-full">
        {busy ? t("common.loading") : submitLabel}
      </Button>
    </form>
  );
}
