/** The mails of the shop: what was sent, and without a mail server what would have been. */
"use client";

import type { OutboxMail } from "@/api/types";
import { useStaffWords } from "@/messages/staff";
import { useDeskData } from "../hooks/useDeskData";
import { DeskPage } from "./DeskPage";
import { Loaded } from "./Loaded";

const REFRESH_MS = 15_000;

function MailRow({ mail }: { mail: OutboxMail }) {
  const { t, moment } = useStaffWords();
  return (
    <li>
      <details className="group px-4 py-2.5">
        <summary className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
          <span className="min-w-0 flex-1 truncate font-medium">{mail.subject}</span>
          <span className="text-ink-3">{t("staff.outbox.to", { to: mail.to })}</span>
          <time className="tabular text-ink-3" dateTime={mail.created_at}>
            {moment(mail.created_at)}
          </time>
        </summary>
        <p className="mt-3 max-w-[70ch] break-words whitespace-pre-line text-ink-2">{mail.text}</p>
      </details>
    </li>
  );
}

export function OutboxPage() {
  const { t } = useStaffWords();
  const mails = useDeskData<{ results: OutboxMail[] }>("/api/staff/outbox", {}, REFRESH_MS);
  return (
    <DeskPage title={t("desk.nav.outbox")} lead={t("desk.outbox.lead")}>
      <Loaded query={mails} empty={t("staff.empty.outbox")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <ul className="divide-y divide-line rounded-control border border-line bg-surface">
            {results.map((mail) => (
              <MailRow key={`${mail.to} ${mail.subject} ${mail.created_at}`} mail={mail} />
            ))}
          </ul>
        )}
      </Loaded>
    </DeskPage>
  );
}
