/** The documents of the shop, a page at a time, with a search over all of them. */
"use client";

import { Badge } from "@/components/ui/Badge";
import { type Column, DataTable } from "@/features/staff/components/DataTable";
import { Loaded } from "@/features/staff/components/Loaded";
import { Pager } from "@/features/staff/components/Pager";
import { useStaffWords } from "@/messages/staff";
import type { DocumentRow } from "../api/documents";
import type { Documents } from "../hooks/useDocuments";

interface DocumentTableProps {
  documents: Documents;
  onOpen: (row: DocumentRow) => void;
}

function useColumns(onOpen: DocumentTableProps["onOpen"]): Column<DocumentRow>[] {
  const { t, label, moment } = useStaffWords();
  return [
    {
      title: t("desk.article.title"),
      className: "min-w-52",
      cell: (row) => (
        <button type="button" className="text-start font-medium hover:underline" onClick={() => onOpen(row)}>
          {row.title}
        </button>
      ),
    },
    {
      title: t("desk.document.kind"),
      className: "max-md:hidden",
      cell: ({ kind }) => label("knowledge.kind", kind),
    },
    {
      title: t("staff.column.status"),
      cell: ({ status }) => (
        <Badge tone={status === "published" ? "good" : "warn"}>{label("desk.document.status", status)}</Badge>
      ),
    },
    { title: t("desk.document.tags"), className: "max-md:hidden", cell: ({ tags }) => tags.join(", ") },
    {
      title: t("desk.document.version.short"),
      className: "tabular max-md:hidden",
      cell: ({ version }) => version,
    },
    {
      title: t("desk.document.updated"),
      className: "tabular whitespace-nowrap text-ink-3",
      cell: ({ updated_at }) => updated_at && moment(updated_at),
    },
  ];
}

export function DocumentTable({ documents, onOpen }: DocumentTableProps) {
  const { t } = useStaffWords();
  const columns = useColumns(onOpen);
  const { page, wanted, setWanted, back, on } = documents;
  return (
    <>
      <input
        type="search"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
        aria-label={t("desk.documents.search")}
        placeholder={t("desk.documents.search")}
        className="mb-3 h-8 w-full max-w-80 rounded-small border border-line-strong bg-surface px-2.5 placeholder:text-ink-3"
      />
      <Loaded
        query={page}
        empty={t("desk.documents.empty")}
        isEmpty={({ results }) => results.length === 0 && !wanted}
      >
        {({ results }) => (
          <DataTable label={t("desk.documents")} columns={columns} rows={results} rowKey={({ id }) => id} />
        )}
      </Loaded>
      <Pager back={back} on={on} />
    </>
  );
}
