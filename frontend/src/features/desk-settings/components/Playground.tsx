/** A place to try what the chat would answer, also under another tone and other rules, before they count. */
"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { TraceView } from "@/features/cases/components/TraceView";
import { Section } from "@/features/staff/components/DeskPage";
import { Select } from "@/features/staff/components/Select";
import { useStaffWords } from "@/messages/staff";
import type { Policy } from "../api/settings";
import { type Said, useTrial } from "../hooks/useTrial";

const TONES = ["neutral", "friendly", "formal"] as const;

function SaidHere({ said: { asked, tried } }: { said: Said }) {
  const { t } = useStaffWords();
  return (
    <li className="space-y-2">
      <p className="ms-auto w-fit max-w-[80%] rounded-control bg-bubble px-3.5 py-2 text-on-bubble">
        {asked}
      </p>
      <p className="w-fit max-w-[min(46rem,100%)] rounded-control bg-sunken px-3.5 py-2 whitespace-pre-line">
        {tried.reply.response}
      </p>
      <details className="max-w-[46rem]">
        <summary className="text-xs text-ink-2">{t("desk.playground.why")}</summary>
        <div className="mt-2 rounded-small border border-line p-3">
          <TraceView trace={tried.trace} />
        </div>
      </details>
    </li>
  );
}

/** `rules`: drafts that are tried instead of those in force. */
export function Playground({ rules }: { rules?: Policy }) {
  const { t, label } = useStaffWords();
  const [said, setSaid] = useState<Said[]>([]);
  const { trial, settings, policy } = useTrial(said, rules, (more) => setSaid((former) => [...former, more]));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const field = (name: string) => String(data.get(name)).trim();
    trial.mutate(
      {
        message: field("message"),
        tone: field("tone"),
        customer: field("customer"),
        window: rules ? "" : field("window"),
      },
      { onSuccess: () => form.querySelector<HTMLInputElement>("[name=message]")?.select() },
    );
  };
  return (
    <Section
      title={t("desk.settings.playground")}
      lead={t(rules ? "desk.settings.playground.draft" : "desk.settings.playground.lead")}
      actions={
        <Button look="quiet" small onClick={() => setSaid([])}>
          {t("desk.playground.clear")}
        </Button>
      }
    >
      <div className="max-w-4xl rounded-control border border-line bg-surface p-5">
        <ol aria-live="polite" className="mb-5 space-y-5 empty:hidden">
          {said.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was said only grows at its end
            <SaidHere key={index} said={one} />
          ))}
        </ol>
        <form onSubmit={submit} className="space-y-4">
          <div className="grid gap-3 sm:grid-cols-3">
            <Select
              key={settings?.tone}
              name="tone"
              label={t("desk.chat.tone")}
              defaultValue={settings?.tone}
              options={TONES.map((tone) => [tone, label("desk.chat.tone", tone)])}
            />
            {!rules && (
              <Field
                name="window"
                type="number"
                min={0}
                label={t("desk.policy.window")}
                placeholder={String(policy?.return_window_days ?? "")}
              />
            )}
            <Field name="customer" label={t("desk.playground.customer")} placeholder="C-101" />
          </div>
          <div className="flex items-end gap-3">
            <Field
              name="message"
              label={t("desk.playground.message")}
              autoFocus={rules !== undefined}
              maxLength={4000}
              required
              className="flex-1"
            />
            <Button type="submit" disabled={trial.isPending}>
              {t("desk.try.ask")}
            </Button>
          </div>
          {trial.error != null && <ProblemNotice error={trial.error} />}
        </form>
      </div>
    </Section>
  );
}
