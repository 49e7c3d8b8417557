/** The rows of each list of the desk. */
"use client";

import type { ReactNode } from "react";
import { toneOf } from "@/components/cards/tones";
import { Badge } from "@/components/ui/Badge";
import { type MessageKey, useWords } from "@/messages";
import type { DeskLists } from "../api/desk";

function Table({ columns, children }: { columns: MessageKey[]; children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full min-w-max text-sm sm:min-w-0">
        <thead className="bg-sunken text-start text-ink-3">
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col" className="px-4 py-2.5 text-start font-medium whitespace-nowrap">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

const CELL = "px-4 py-3 align-top";

export function ComplaintRows({ rows }: { rows: DeskLists["complaints"][] }) {
  const { moment, label } = useWords();
  return (
    <Table
      columns={[
        "staff.column.number",
        "staff.column.status",
        "staff.column.priority",
        "staff.column.description",
        "staff.column.order",
        "staff.column.due",
      ]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td className={`${CELL} tabular font-medium whitespace-nowrap`}>{row.id}</td>
          <td className={CELL}>
            <Badge tone={toneOf(row.status)}>{label("complaint.status", row.status)}</Badge>
          </td>
          <td className={CELL}>
            <Badge tone={toneOf(row.priority)}>{label("complaint.priority", row.priority)}</Badge>
          </td>
          <td className={`${CELL} max-w-96 min-w-60`}>{row.description}</td>
          <td className={`${CELL} tabular whitespace-nowrap`}>{row.order_id}</td>
          <td className={`${CELL} tabular whitespace-nowrap`}>
            {row.resolution_due && moment(row.resolution_due)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function ConversationRows({ rows }: { rows: DeskLists["conversations"][] }) {
  const { moment } = useWords();
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
      {rows.map((row) => (
        <li key={row.id} className="flex items-baseline justify-between gap-4 px-4 py-3">
          <span className="min-w-0 truncate">{row.title || row.id}</span>
          <time className="tabular shrink-0 text-sm text-ink-3" dateTime={row.updated_at}>
            {moment(row.updated_at)}
          </time>
        </li>
      ))}
    </ul>
  );
}

export function OutboxRows({ rows }: { rows: DeskLists["outbox"][] }) {
  const { t, moment } = useWords();
  return (
    <ul className="space-y-3">
      {rows.map((mail) => (
        <li key={`${mail.to}-${mail.created_at}`} className="rounded-card border border-line bg-surface p-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 className="text-base">{mail.subject}</h2>
            <time className="tabular text-sm text-ink-3" dateTime={mail.created_at}>
              {moment(mail.created_at)}
            </time>
          </div>
          <p className="text-sm text-ink-3">{t("staff.outbox.to", { to: mail.to })}</p>
          <p className="mt-3 break-words whitespace-pre-line">{mail.text}</p>
        </li>
      ))}
    </ul>
  );
}
