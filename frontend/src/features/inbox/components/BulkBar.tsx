/** What can be done to all ticked items at once. */
"use client";

import { Check, X } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { Select } from "@/features/staff/components/Select";
import { useTeam } from "@/features/staff/hooks/useTeam";
import { useStaffWords } from "@/messages/staff";
import { type ItemChange, PRIORITIES, STATUSES } from "../api/inbox";

interface BulkBarProps {
  count: number;
  busy: boolean;
  onChange: (change: ItemChange) => void;
  onClear: () => void;
}

export function BulkBar({ count, busy, onChange, onClear }: BulkBarProps) {
  const { t, plural, label } = useStaffWords();
  const team = useTeam();
  return (
    <section
      aria-label={t("desk.bulk.label")}
      className="flex flex-wrap items-center gap-2 border-b border-line bg-brand-soft px-4 py-2 lg:px-6"
    >
      <p role="status" className="me-2 font-semibold">
        {plural("desk.bulk.count", count)}
      </p>
      <Select
        bare
        label={t("desk.bulk.assign")}
        value="-"
        disabled={busy}
        onChange={({ target }) => onChange({ assignee: target.value })}
        options={[
          ["-", t("desk.bulk.assign")],
          ["", t("desk.inbox.nobody")],
          ...team.map(({ id, name }) => [id, name] as const),
        ]}
      />
      <Select
        bare
        label={t("desk.bulk.priority")}
        value="-"
        disabled={busy}
        onChange={({ target }) => onChange({ priority: target.value as ItemChange["priority"] })}
        options={[
          ["-", t("desk.bulk.priority")],
          ...PRIORITIES.map((name) => [name, label("desk.priority", name)] as const),
        ]}
      />
      <Select
        bare
        label={t("desk.bulk.status")}
        value="-"
        disabled={busy}
        onChange={({ target }) => onChange({ status: target.value as ItemChange["status"] })}
        options={[
          ["-", t("desk.bulk.status")],
          ...STATUSES.map((name) => [name, label("desk.status", name)] as const),
        ]}
      />
      <input
        aria-label={t("desk.bulk.tag")}
        placeholder={t("desk.bulk.tag")}
        maxLength={40}
        disabled={busy}
        onKeyDown={({ key, currentTarget }) => {
          const tag = currentTarget.value.trim().toLowerCase();
          if (key === "Enter" && tag) onChange({ add_tags: [tag] });
        }}
        className="h-8 w-24 rounded-small border border-line-strong bg-surface px-2 placeholder:text-ink-2"
      />
      <Button small disabled={busy} onClick={() => onChange({ status: "closed" })}>
        <Check size={14} aria-hidden />
        {t("desk.bulk.close")}
      </Button>
      <Button look="quiet" small onClick={onClear}>
        <X size={14} aria-hidden />
        {t("desk.bulk.clear")}
      </Button>
    </section>
  );
}
