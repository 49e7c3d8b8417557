/** A six-digit code by mail: asked for, then entered. What it proves lets the session act for the customer. */
"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { sendCode, verifyCode } from "@/api/account";
import { useAssistant } from "@/assistant/context";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { useShop } from "./useShop";

interface CodeFormProps {
  /** Whether the session already knows whose order it is, so that no address is asked for. */
  known?: boolean;
  onProved: (session: string) => void;
}

export function CodeForm({ known = false, onProved }: CodeFormProps) {
  const { t } = useWords();
  const { sessionId, identify } = useAssistant();
  const { data: shop } = useShop();
  const sending = useMutation({
    mutationFn: (email?: string) => sendCode(sessionId, email),
    onSuccess: ({ session_id }) => identify(session_id),
  });
  const checking = useMutation({
    mutationFn: (code: string) => verifyCode(sessionId ?? "", code, sending.variables),
    onSuccess: ({ session_id }) => {
      identify(session_id);
      onProved(session_id);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (sending.data) checking.mutate(String(data.get("code")).trim());
    else sending.mutate(known ? undefined : String(data.get("email")).trim());
  };
  const error = checking.error ?? sending.error;
  const busy = sending.isPending || checking.isPending;
  return (
    <form
      onSubmit={submit}
      className="space-y-4 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <div>
        <h2 className="text-lg">{t("account.code.title")}</h2>
        <p role="status" className="mt-1 text-ink-2">
          {t(sending.data ? "account.code.sent" : known ? "account.code.known" : "account.code.text")}
        </p>
      </div>
      {sending.data && shop?.sends_mail === false && (
        <p className="rounded-control bg-warn-soft px-4 py-3 text-sm text-warn">
          {t("account.code.outbox")}{" "}
          <Link href="/staff/outbox/" className="underline underline-offset-2">
            {t("nav.staff")}
          </Link>
        </p>
      )}
      {sending.data ? (
        <Field
          key="code"
          name="code"
          label={t("account.code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          required
          autoFocus
        />
      ) : (
        !known && (
          <Field
            key="email"
            name="email"
            type="email"
            label={t("orders.email")}
            autoComplete="email"
            required
          />
        )
      )}
      {error && <ProblemNotice error={error} />}
      <Button type="submit" disabled={busy} className="w-full">
        {t(sending.data ? "account.code.enter" : "account.code.send")}
      </Button>
      {sending.data && (
        <Button look="quiet" className="w-full" onClick={() => sending.reset()}>
          {t("account.code.again")}
        </Button>
      )}
    </form>
  );
}
