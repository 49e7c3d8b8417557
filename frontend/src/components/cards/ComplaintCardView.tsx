/** A complaint with its number, state and due times. */
import { Paperclip } from "lucide-react";
import type { ComplaintCard } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { ButtonLink } from "@/components/ui/Button";
import { Facts, Panel } from "@/components/ui/Panel";
import { useWords } from "@/messages";
import { toneOf } from "./tones";

interface ComplaintCardViewProps {
  card: ComplaintCard;
  /** Leads to where it is followed and takes pictures; left out where the card stands there. */
  follow?: boolean;
}

export function ComplaintCardView({ card, follow = false }: ComplaintCardViewProps) {
  const { t, moment, label } = useWords();
  const title = t("complaint.title", { id: card.id });
  const facts: [string, string][] = [[t("complaint.filed"), moment(card.created_at)]];
  if (card.order_id) facts.unshift([t("complaint.order"), card.order_id]);
  if (card.first_response_due) facts.push([t("complaint.response"), moment(card.first_response_due)]);
  if (card.resolution_due) facts.push([t("complaint.resolution"), moment(card.resolution_due)]);
  return (
    <Panel label={title} className="p-4">
      <header className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div>
          <h2 className="tabular text-base">{title}</h2>
          <p className="text-sm text-ink-3">{label("complaint.category", card.category)}</p>
        </div>
        <div className="flex gap-1.5">
          <Badge tone={toneOf(card.priority)}>{label("complaint.priority", card.priority)}</Badge>
          <Badge tone={toneOf(card.status)}>{label("complaint.status", card.status)}</Badge>
        </div>
      </header>
      <p className="my-3 break-words whitespace-pre-line text-ink-2">{card.description}</p>
      <Facts facts={facts} />
      {follow && (
        <ButtonLink
          look="secondary"
          href={`/complaints/?id=${encodeURIComponent(card.id)}`}
          className="mt-4 w-full"
        >
          <Paperclip size={16} aria-hidden />
          {t("complaints.follow")}
        </ButtonLink>
      )}
    </Panel>
  );
}
