/** Canned replies: written, changed and removed. */
"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { CANNED, type CannedList, type CannedReply } from "@/features/cases/api/canned";
import { Confirm } from "@/features/staff/components/Confirm";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { CannedForm } from "./CannedForm";

export function CannedReplies() {
  const { t } = useStaffWords();
  const list = useDeskData<CannedList>(CANNED);
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const [removing, setRemoving] = useState<CannedReply | null>(null);
  const remove = useDeskChange({
    run: (desk, { id }: CannedReply) => desk.call(`${CANNED}/${id}`, { method: "DELETE" }),
    stale: [CANNED],
    said: t("desk.document.deleted"),
    onDone: () => setRemoving(null),
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
                      onClick={() => setRemoving(reply)}
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
      {removing && (
        <Confirm
          title={t("desk.document.delete", { title: removing.title })}
          confirm={t("common.delete")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(removing)}
          onClose={() => setRemoving(null)}
        >
          {t("desk.canned.delete.text")}
        </Confirm>
      )}
    </Section>
  );
}
