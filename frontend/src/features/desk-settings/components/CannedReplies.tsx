/** Canned replies: written, changed and removed. */
"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field, TextArea } from "@/components/ui/Field";
import { CANNED, type CannedList, type CannedReply } from "@/features/cases/api/canned";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";

type Wording = Pick<CannedReply, "shortcut" | "title" | "text">;

interface CannedFormProps {
  reply: CannedReply | null;
  variables: Record<string, string>;
  onClose: () => void;
}

function CannedForm({ reply, variables, onClose }: CannedFormProps) {
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

export function CannedReplies() {
  const { t } = useStaffWords();
  const list = useDeskData<CannedList>(CANNED);
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const remove = useDeskChange({
    run: (desk, { id }: CannedReply) => desk.call(`${CANNED}/${id}`, { method: "DELETE" }),
    stale: [CANNED],
    said: t("desk.document.deleted"),
  });
  return (
    <Section
      title={t("desk.canned")}
      lead={t("desk.canned.lead")}
      actions={
        <Button small onClick={() => setEditing("new")}>
          <Plus size={15} aria-hidden />
          {t("desk.canned.new")}
        </Button>
      }
    >
      <Loaded query={list} empty={t("desk.canned.none")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <DataTable
            label={t("desk.canned")}
            rows={results}
            rowKey={({ id }) => id}
            columns={[
              {
                title: t("desk.canned.shortcut"),
                className: "whitespace-nowrap",
                cell: ({ shortcut }) => `/${shortcut}`,
              },
              { title: t("desk.article.title"), className: "font-medium", cell: ({ title }) => title },
              {
                title: t("desk.canned.text"),
                className: "max-md:hidden",
                cell: ({ text }) => <span className="line-clamp-2 max-w-96">{text}</span>,
              },
              {
                title: t("desk.actions"),
                cell: (reply) => (
                  <span className="flex gap-1">
                    <Button
                      look="quiet"
                      small
                      aria-label={`${t("common.edit")}: ${reply.title}`}
                      onClick={() => setEditing(reply)}
                    >
                      {t("common.edit")}
                    </Button>
                    <Button
                      look="quiet"
                      small
                      aria-label={`${t("common.delete")}: ${reply.title}`}
                      onClick={() => remove.mutate(reply)}
                    >
                      {t("common.delete")}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {editing && (
        <CannedForm
          reply={editing === "new" ? null : editing}
          variables={list.data?.variables ?? {}}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}
