/** The mails of the shop: what was sent, and without a mail server what would have been. */
"use client";

import { useState } from "react";
import type { OutboxMail } from "@/api/types";
import { useStaffWords } from "@/messages/staff";
import { useDeskData } from "../hooks/useDeskData";
import { DeskPage } from "./DeskPage";
import { Loaded } from "./Loaded";

const REFRESH_MS = 15_000;
const NEWEST = 500;

function MailRow({ mail }: { mail: OutboxMail }) {
  const { t, moment } = useStaffWords();
  return (
    <li>
      <details className="group px-4 py-2.5">
        <summary className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
          <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{mail.subject}</span>
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
  const [wanted, setWanted] = useState("");
  const mails = useDeskData<{ results: OutboxMail[] }>("/api/staff/outbox", { limit: NEWEST }, REFRESH_MS);
  const fits = ({ to, subject }: OutboxMail) =>
    `${to} ${subject}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <DeskPage
      title={t("desk.nav.outbox")}
      lead={t("desk.outbox.lead")}
      actions={
        <input
          type="search"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          aria-label={t("desk.outbox.search", { count: NEWEST })}
          placeholder={t("desk.outbox.search", { count: NEWEST })}
          className="h-8 w-64 max-w-full rounded-small border border-line-strong bg-surface px-2.5 placeholder:text-ink-3"
        />
      }
    >
      <Loaded query={mails} empty={t("staff.empty.outbox")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <ul className="divide-y divide-line rounded-control border border-line bg-surface">
            {results.filter(fits).map((mail) => (
              <MailRow key={`${mail.to} ${mail.subject} ${mail.created_at}`} mail={mail} />
            ))}
          </ul>
        )}
      </Loaded>
    </DeskPage>
  );
}
