/** Where events of the shop are sent, and what became of each. */
"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { Confirm } from "@/features/staff/components/Confirm";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { WEBHOOKS, type Webhook, type WebhookShown } from "../api/settings";
import { Deliveries } from "./Deliveries";
import { ShownOnce } from "./ShownOnce";

const FORMATS = ["events", "slack"] as const;

function NewWebhook({ onMade, onClose }: { onMade: (hook: WebhookShown) => void; onClose: () => void }) {
  const { t, label } = useStaffWords();
  const add = useDeskChange({
    shown: true,
    run: (desk, body: { url: string; kinds: string[]; format: string }) =>
      desk.call<WebhookShown>(WEBHOOKS, { method: "POST", body }),
    stale: [WEBHOOKS],
    onDone: onMade,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const kinds = String(data.get("kinds")).split(/[\s,]+/);
    add.mutate({
      url: String(data.get("url")),
      kinds: kinds.filter(Boolean),
      format: String(data.get("format")),
    });
  };
  return (
    <Dialog title={t("desk.webhooks.new")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Field name="url" type="url" label={t("desk.webhooks.url")} required />
        <Field name="kinds" label={t("desk.webhooks.kinds")} hint={t("desk.webhooks.kinds.hint")} />
        <Select
          name="format"
          label={t("desk.webhooks.format")}
          options={FORMATS.map((format) => [format, label("desk.webhooks.format", format)])}
        />
        {add.error != null && <ProblemNotice error={add.error} />}
        <Button type="submit" disabled={add.isPending}>
          {t("common.save")}
        </Button>
      </form>
    </Dialog>
  );
}

export function Webhooks() {
  const { t, label } = useStaffWords();
  const hooks = useDeskData<{ results: Webhook[] }>(WEBHOOKS);
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<WebhookShown | null>(null);
  const [ending, setEnding] = useState<Webhook | null>(null);
  const end = useDeskChange({
    run: (desk, { id }: Webhook) => desk.call(`${WEBHOOKS}/${id}`, { method: "DELETE" }),
    stale: [WEBHOOKS],
    onDone: () => setEnding(null),
  });
  return (
    <>
      <Section
        title={t("desk.settings.webhooks")}
        lead={t("desk.settings.webhooks.lead")}
        actions={
          <Button small onClick={() => setAdding(true)}>
            <Plus size={15} aria-hidden />
            {t("desk.webhooks.new")}
          </Button>
        }
      >
        <Loaded
          query={hooks}
          empty={t("desk.webhooks.empty")}
          isEmpty={({ results }) => results.length === 0}
        >
          {({ results }) => (
            <DataTable
              label={t("desk.settings.webhooks")}
              rows={results}
              rowKey={({ id }) => id}
              columns={[
                { title: t("desk.webhooks.url"), className: "font-medium break-all", cell: ({ url }) => url },
                {
                  title: t("desk.webhooks.kinds"),
                  cell: ({ kinds }) => kinds.join(", ") || t("desk.webhooks.all"),
                },
                {
                  title: t("desk.webhooks.format"),
                  cell: ({ format }) => label("desk.webhooks.format", format),
                },
                {
                  title: t("desk.actions"),
                  cell: (hook) => (
                    <Button
                      look="quiet"
                      small
                      aria-label={`${t("common.delete")}: ${hook.url}`}
                      onClick={() => setEnding(hook)}
                    >
                      {t("common.delete")}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Deliveries />
      {adding && (
        <NewWebhook
          onClose={() => setAdding(false)}
          onMade={(hook) => {
            setAdding(false);
            setShown(hook);
          }}
        />
      )}
      {shown && <ShownOnce title={shown.url} secret={shown.secret} onClose={() => setShown(null)} />}
      {ending && (
        <Confirm
          title={t("common.delete")}
          confirm={t("common.delete")}
          busy={end.isPending}
          onConfirm={() => end.mutate(ending)}
          onClose={() => setEnding(null)}
        >
          {t("desk.webhooks.delete.text", { url: ending.url })}
        </Confirm>
      )}
    </>
  );
}
