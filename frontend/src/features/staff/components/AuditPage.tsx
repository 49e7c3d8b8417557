/** Who did and who saw what: every change and every view of personal data. */
"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { changeAddress } from "@/address";
import type { Schema } from "@/api/types";
import { useStaffWords } from "@/messages/staff";
import { useDeskData } from "../hooks/useDeskData";
import { type Column, DataTable } from "./DataTable";
import { DeskPage } from "./DeskPage";
import { Loaded } from "./Loaded";
import { Pager } from "./Pager";

type Entry = Schema<"AuditEntry">;

const FILTERS = ["actor", "action", "object"] as const;

function Changes({ entry: { before, after } }: { entry: Entry }) {
  const { t } = useStaffWords();
  if (!before && !after) return null;
  return (
    <details>
      <summary className="text-link">{t("desk.audit.show")}</summary>
      <pre className="mt-1 max-w-96 overflow-x-auto text-xs whitespace-pre-wrap text-ink-2">
        {JSON.stringify({ before, after }, null, 1)}
      </pre>
    </details>
  );
}

export function AuditPage() {
  const { t, moment, label } = useStaffWords();
  const address = useSearchParams();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ""]));
  const [cursors, setCursors] = useState<string[]>([]);
  const page = useDeskData<Schema<"AuditPage">>("/api/staff/audit", { ...filters, cursor: cursors.at(-1) });
  const columns: Column<Entry>[] = [
    {
      title: t("desk.audit.when"),
      className: "tabular whitespace-nowrap text-ink-3",
      cell: ({ at }) => moment(at),
    },
    { title: t("desk.audit.actor"), className: "font-medium whitespace-nowrap", cell: ({ actor }) => actor },
    {
      title: t("desk.audit.action"),
      className: "whitespace-nowrap",
      cell: ({ action }) => label("desk.audit.action", action),
    },
    { title: t("desk.audit.object"), className: "min-w-48 break-all", cell: ({ object }) => object },
    { title: t("desk.audit.changes"), cell: (entry) => <Changes entry={entry} /> },
  ];
  return (
    <DeskPage
      title={t("desk.nav.audit")}
      lead={t("desk.audit.lead")}
      actions={FILTERS.map((name) => (
        <input
          key={name}
          type="search"
          defaultValue={filters[name]}
          onKeyDown={({ key, currentTarget }) => {
            if (key !== "Enter") return;
            setCursors([]);
            changeAddress({ [name]: currentTarget.value.trim() });
          }}
          aria-label={t(`desk.audit.${name}`)}
          placeholder={t(`desk.audit.${name}`)}
          className="h-8 w-32 rounded-small border border-line-strong bg-surface px-2.5 placeholder:text-ink-3"
        />
      ))}
    >
      <Loaded query={page} empty={t("desk.audit.empty")} isEmpty={({ results }) => results.length === 0}>
        {({ results, next_cursor }) => (
          <>
            <DataTable label={t("desk.nav.audit")} columns={columns} rows={results} rowKey={({ id }) => id} />
            <Pager
              back={cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined}
              on={next_cursor ? () => setCursors([...cursors, next_cursor]) : undefined}
            />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}
