/** The title and the tags of a document. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { DOCUMENTS, type DocumentRow, reviseDocument } from "../api/documents";

export function DocumentDetails({ row }: { row: DocumentRow }) {
  const { t } = useStaffWords();
  const revise = useDeskChange({
    run: (desk, change: { title: string; tags: string[] }) => reviseDocument(desk, row.id, change),
    stale: [DOCUMENTS],
    said: t("desk.saved"),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const tags = String(data.get("tags"))
      .split(",")
      .map((tag) => tag.trim());
    revise.mutate({ title: String(data.get("title")), tags: tags.filter(Boolean) });
  };
  return (
    <form onSubmit={submit} className="grid items-end gap-3 sm:grid-cols-[1fr_12rem_auto]">
      <Field name="title" label={t("desk.article.title")} defaultValue={row.title} maxLength={300} required />
      <Field name="tags" label={t("desk.document.tags")} defaultValue={row.tags.join(", ")} />
      <Button type="submit" look="secondary" disabled={revise.isPending}>
        {t("common.save")}
      </Button>
    </form>
  );
}
