/** One enquiry: who asks, for how much, how likely a sale it is and why, and an answer to start from. */
"use client";

import { Copy } from "lucide-react";
import { copy } from "@/clipboard";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Facts } from "@/components/ui/Panel";
import { Select } from "@/features/staff/components/Select";
import { useToast } from "@/features/staff/components/Toasts";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { ENQUIRIES, ENQUIRY_STATUSES, type Enquiry } from "../api/enquiries";

const LIKELY = 0.6;

function useFacts(enquiry: Enquiry): [string, string][] {
  const { t, money } = useStaffWords();
  const { name, email, phone, company, budget_cents } = enquiry;
  const found: [string, string | undefined][] = [
    [t("desk.enquiry.name"), name?.value],
    [t("desk.enquiry.company"), company?.value],
    [t("desk.enquiry.email"), email?.value],
    [t("desk.enquiry.phone"), phone?.value],
    [t("desk.enquiry.budget"), budget_cents === null ? undefined : money(budget_cents, "USD")],
  ];
  return found.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function Draft({ text }: { text: string }) {
  const { t } = useStaffWords();
  const say = useToast();
  const keep = async () => {
    await copy(text);
    say(t("common.copied"));
  };
  return (
    <details className="mt-3">
      <summary className="text-link">{t("desk.enquiry.draft")}</summary>
      <p className="mt-2 mb-2 max-w-[70ch] rounded-small bg-sunken p-3 whitespace-pre-line">{text}</p>
      <Button look="secondary" small onClick={() => void keep()}>
        <Copy size={14} aria-hidden />
        {t("common.copy")}
      </Button>
    </details>
  );
}

export function EnquiryItem({ enquiry }: { enquiry: Enquiry }) {
  const { t, moment, label } = useStaffWords();
  const move = useDeskChange({
    run: (desk, status: string) =>
      desk.call(`${ENQUIRIES}/${enquiry.id}`, { method: "PATCH", body: { status } }),
    stale: [ENQUIRIES],
    said: t("desk.saved"),
  });
  const facts = useFacts(enquiry);
  return (
    <li className="rounded-control border border-line bg-surface p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="tabular text-sm tracking-normal">{enquiry.id}</h2>
        <Badge>{label("desk.enquiry.kind", enquiry.kind)}</Badge>
        <Badge tone={enquiry.score >= LIKELY ? "good" : "neutral"}>
          {t("desk.enquiry.score", { score: Math.round(enquiry.score * 100) })}
        </Badge>
        <time className="tabular text-ink-3" dateTime={enquiry.created_at}>
          {moment(enquiry.created_at)}
        </time>
        <Select
          bare
          className="ms-auto"
          label={t("desk.enquiry.move", { id: enquiry.id })}
          value={enquiry.status}
          disabled={move.isPending}
          onChange={({ target }) => move.mutate(target.value)}
          options={ENQUIRY_STATUSES.map((name) => [name, label("desk.enquiry.status", name)])}
        />
      </header>
      <div className="mt-3 grid gap-x-8 gap-y-3 md:grid-cols-[1fr_18rem]">
        <div>
          <p className="max-w-[70ch] break-words whitespace-pre-line">{enquiry.text}</p>
          {enquiry.score_reasons.length > 0 && (
            <p className="mt-2 text-ink-3">{enquiry.score_reasons.join(" · ")}</p>
          )}
          {enquiry.draft_reply && <Draft text={enquiry.draft_reply} />}
        </div>
        {facts.length > 0 && <Facts facts={facts} />}
      </div>
    </li>
  );
}
