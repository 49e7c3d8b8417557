/** A canned reply as it is written, with the variables it may hold. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field, TextArea } from "@/components/ui/Field";
import { CANNED, type CannedReply } from "@/features/cases/api/canned";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";

type Wording = Pick<CannedReply, "shortcut" | "title" | "text">;

interface CannedFormProps {
  reply: CannedReply | null;
  variables: Record<string, string>;
  onClose: () => void;
}

export function CannedForm({ reply, variables, onClose }: CannedFormProps) {
  const { t } = useStaffWords();
  const save = useDeskChange({
    shown: true,
    run: (desk, body: Wording) =>
      reply
        ? desk.call(`${CANNED}/${reply.id}`, { method: "PUT", body })
        : desk.call(CANNED, { method: "POST", body }),
    stale: [CANNED],
    said: t("desk.saved"),
    onDone: onClose,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const field = (name: string) => String(data.get(name));
    save.mutate({ shortcut: field("shortcut"), title: field("title"), text: field("text") });
  };
  return (
    <Dialog title={t("desk.canned.edit")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
          <Field
            name="title"
            label={t("desk.article.title")}
            defaultValue={reply?.title}
            maxLength={120}
            required
          />
          <Field
            name="shortcut"
            label={t("desk.canned.shortcut")}
            defaultValue={reply?.shortcut}
            pattern="[a-z0-9][a-z0-9\-]*"
            maxLength={40}
            required
          />
        </div>
        <TextArea
          name="text"
          label={t("desk.canned.text")}
          defaultValue={reply?.text}
          rows={7}
          maxLength={4000}
          required
        />
        <details className="text-sm">
          <summary className="text-link">{t("desk.canned.variables")}</summary>
          <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
            {Object.entries(variables).map(([name, meaning]) => (
              <div key={name} className="contents">
                <dt>
                  <code>{`{{${name}}}`}</code>
                </dt>
                <dd className="text-ink-3">{meaning}</dd>
              </div>
            ))}
          </dl>
        </details>
        {save.error != null && <ProblemNotice error={save.error} />}
        <Button type="submit" disabled={save.isPending}>
          {t("common.save")}
        </Button>
      </form>
    </Dialog>
  );
}
