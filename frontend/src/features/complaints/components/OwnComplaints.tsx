/** The complaints that the session may see, newest first, or the way back to them; nothing where there are none. */
"use client";

import { ArrowLeft, ChevronRight } from "lucide-react";
import type { ComplaintCard } from "@/api/types";
import { toneOf } from "@/components/cards/tones";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { useComplaints } from "../hooks/useComplaint";

function ComplaintRow({ complaint, onOpen }: { complaint: ComplaintCard; onOpen: (id: string) => void }) {
  const { day, label } = useWords();
  const { id, status, description, created_at, order_id } = complaint;
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(id)}
        className="flex w-full items-center gap-3 px-4 py-3 text-start transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{description}</span>
          <span className="tabular text-sm text-ink-3">
            {[id, order_id, day(created_at)].filter(Boolean).join(" · ")}
          </span>
        </span>
        <Badge tone={toneOf(status)}>{label("complaint.status", status)}</Badge>
        <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-3 rtl:rotate-180" />
      </button>
    </li>
  );
}

interface OwnComplaintsProps {
  /** The one that is open: the others are one step away. */
  open: string;
  onOpen: (id: string) => void;
}

export function OwnComplaints({ open, onOpen }: OwnComplaintsProps) {
  const { t } = useWords();
  const own = useComplaints().data?.results ?? [];
  if (own.length === 0) return null;
  if (open)
    return (
      <Button look="quiet" className="mb-4 -ms-2.5" onClick={() => onOpen("")}>
        <ArrowLeft size={16} aria-hidden className="rtl:rotate-180" />
        {t("complaints.own")}
      </Button>
    );
  return (
    <section className="mb-8">
      <h2 className="mb-3 text-lg">{t("complaints.own")}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-card">
        {own.map((complaint) => (
          <ComplaintRow key={complaint.id} complaint={complaint} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}
