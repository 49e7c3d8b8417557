/** One document: published or not, its tags, its versions, a new file in its place, and its end. */
"use client";

import { FileUp, Pencil, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/Badge";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Confirm } from "@/features/staff/components/Confirm";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { DOCUMENTS, type DocumentRow, openVersion, replaceDocument, reviseDocument } from "../api/documents";
import type { Writing } from "./ArticleEditor";
import { DocumentDetails } from "./DocumentDetails";
import { DocumentVersions } from "./DocumentVersions";

function useDocumentChanges(row: DocumentRow, onClose: () => void) {
  const { t } = useStaffWords();
  const publish = useDeskChange({
    run: (desk, status: DocumentRow["status"]) => reviseDocument(desk, row.id, { status }),
    stale: [DOCUMENTS],
    said: t("desk.saved"),
  });
  const replace = useDeskChange({
    run: (desk, file: File) => replaceDocument(desk, row.id, file),
    stale: [DOCUMENTS],
    said: t("desk.saved"),
  });
  const remove = useDeskChange({
    run: (desk) => desk.call(`${DOCUMENTS}/${row.id}`, { method: "DELETE" }),
    stale: [DOCUMENTS],
    said: t("desk.document.deleted"),
    onDone: onClose,
  });
  return { publish, replace, remove };
}

interface DocumentDialogProps {
  row: DocumentRow;
  onEdit: (writing: Writing) => void;
  onClose: () => void;
}

export function DocumentDialog({ row, onEdit, onClose }: DocumentDialogProps) {
  const { t, label } = useStaffWords();
  const desk = useDesk();
  const fileId = useId();
  const [deleting, setDeleting] = useState(false);
  const { publish, replace, remove } = useDocumentChanges(row, onClose);
  const live = row.status === "published";
  const edit = async () => {
    const text = await (await openVersion(desk, row.id, row.version)).text();
    onEdit({ row, title: row.title, text });
  };
  return (
    <Dialog title={row.title} onClose={onClose}>
      <div className="space-y-6">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={live ? "good" : "warn"}>{label("desk.document.status", row.status)}</Badge>
          <Badge>{label("knowledge.kind", row.kind)}</Badge>
          <span className="ms-auto flex flex-wrap gap-2">
            <Button
              small
              look={live ? "secondary" : "primary"}
              disabled={publish.isPending}
              onClick={() => publish.mutate(live ? "draft" : "published")}
            >
              {t(live ? "desk.document.unpublish" : "desk.article.publish")}
            </Button>
            {row.media_type === "text/markdown" && (
              <Button small look="secondary" onClick={() => void edit()}>
                <Pencil size={14} aria-hidden />
                {t("common.edit")}
              </Button>
            )}
            <label
              htmlFor={fileId}
              className="inline-flex h-8 cursor-pointer items-center gap-2 rounded-small border border-line-strong px-3 font-medium hover:bg-sunken focus-within:outline-2 focus-within:outline-focus"
            >
              <FileUp size={14} aria-hidden />
              {t("desk.document.replace")}
              <input
                id={fileId}
                type="file"
                className="sr-only"
                onChange={({ target }) => target.files?.[0] && replace.mutate(target.files[0])}
              />
            </label>
          </span>
        </div>
        <DocumentDetails key={row.version} row={row} />
        <DocumentVersions key={`versions ${row.version}`} row={row} />
        <div className="flex flex-wrap justify-between gap-3 border-t border-line pt-4">
          {live && (
            <ButtonLink
              look="quiet"
              href={`/knowledge/?document=${encodeURIComponent(row.id)}`}
              target="_blank"
            >
              {t("desk.document.read")}
            </ButtonLink>
          )}
          <Button look="quiet" className="ms-auto text-bad!" onClick={() => setDeleting(true)}>
            <Trash2 size={15} aria-hidden />
            {t("common.delete")}
          </Button>
        </div>
      </div>
      {deleting && (
        <Confirm
          title={t("desk.document.delete", { title: row.title })}
          confirm={t("common.delete")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setDeleting(false)}
        >
          {t("desk.document.delete.text")}
        </Confirm>
      )}
    </Dialog>
  );
}
