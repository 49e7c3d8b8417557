/** The door of the desk: e-mail and password, or a one-time link that sets the password. */
"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Wordmark } from "@/components/shell/Wordmark";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { useStaffWords } from "@/messages/staff";
import { redeemLink, signIn } from "../api/auth";
import { useStaffSession } from "../hooks/StaffSession";

const MIN_PASSWORD = 12;

interface EntryFormProps {
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: (data: FormData) => void;
  children: ReactNode;
}

function EntryForm({ submit, busy, error, onSubmit, children }: EntryFormProps) {
  const { t } = useStaffWords();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={send} className="space-y-4">
      {children}
      {error != null && <ProblemNotice error={error} />}
      <Button type="submit" disabled={busy} className="w-full">
        {busy ? t("common.loading") : submit}
      </Button>
    </form>
  );
}

function Door({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main id="content" className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-sm space-y-4 rounded-card border border-line bg-surface p-6 shadow-card">
        <Wordmark />
        <div>
          <h1 className="text-2xl">{title}</h1>
          <p className="mt-1 text-ink-2">{lead}</p>
        </div>
        {children}
      </div>
    </main>
  );
}

export function PasswordForm() {
  const { t } = useStaffWords();
  const { enter } = useStaffSession();
  const login = useMutation({
    mutationFn: (data: FormData) => signIn(String(data.get("email")).trim(), String(data.get("password"))),
    onSuccess: enter,
  });
  return (
    <EntryForm submit={t("staff.signin")} busy={login.isPending} error={login.error} onSubmit={login.mutate}>
      <Field name="email" type="email" label={t("staff.email")} autoComplete="username" required />
      <Field
        name="password"
        type="password"
        label={t("staff.password")}
        autoComplete="current-password"
        required
      />
    </EntryForm>
  );
}

export function SignIn() {
  const { t } = useStaffWords();
  return (
    <Door title={t("staff.title")} lead={t("staff.signin.lead")}>
      <PasswordForm />
    </Door>
  );
}

export function ChoosePassword({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useStaffWords();
  const { enter } = useStaffSession();
  const redeem = useMutation({
    mutationFn: (data: FormData) =>
      redeemLink(token, String(data.get("email")).trim(), String(data.get("password"))),
    onSuccess: (tokens) => {
      enter(tokens);
      onDone();
    },
  });
  return (
    <Door title={t("staff.link.title")} lead={t("staff.link.lead")}>
      <EntryForm
        submit={t("staff.link.submit")}
        busy={redeem.isPending}
        error={redeem.error}
        onSubmit={redeem.mutate}
      >
        <Field
          name="email"
          type="email"
          label={t("staff.email")}
          hint={t("staff.email.hint")}
          autoComplete="username"
          required
        />
        <Field
          name="password"
          type="password"
          label={t("staff.password")}
          hint={t("staff.password.hint")}
          autoComplete="new-password"
          minLength={MIN_PASSWORD}
          required
        />
      </EntryForm>
    </Door>
  );
}
