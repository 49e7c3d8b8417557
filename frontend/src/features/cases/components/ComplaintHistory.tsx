/** What was filed, said and changed on a complaint, in order. */
import clsx from "clsx";
import { EyeOff } from "lucide-react";
import { useStaffWords } from "@/messages/staff";
import type { Complaint } from "../api/cases";

type Entry =
  | { kind: "note"; at: string; note: Complaint["notes"][number] }
  | { kind: "event"; at: string; event: Complaint["history"][number] };

function entriesOf({ notes, history }: Complaint): Entry[] {
  const noted = notes.map((note): Entry => ({ kind: "note", at: note.at, note }));
  const changed = history.map((event): Entry => ({ kind: "event", at: event.at, event }));
  return [...noted, ...changed].sort((one, other) => one.at.localeCompare(other.at));
}

export function ComplaintHistory({ complaint }: { complaint: Complaint }) {
  const { t, moment, label } = useStaffWords();
  return (
    <ol className="space-y-3">
      <li className="rounded-control border border-line bg-surface px-4 py-3">
        <p className="mb-1 text-xs text-ink-3">
          {[label("complaint.category", complaint.category), complaint.order_id, moment(complaint.created_at)]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p className="break-words whitespace-pre-line">{complaint.description}</p>
      </li>
      {entriesOf(complaint).map((entry) =>
        entry.kind === "event" ? (
          <li key={`${entry.at} ${entry.event.what}`} className="px-4 text-xs text-ink-3">
            {moment(entry.at)} · {label("desk.actor", entry.event.actor)} ·{" "}
            {label("desk.event", entry.event.what)}
          </li>
        ) : (
          <li
            key={`${entry.at} ${entry.note.text}`}
            className={clsx(
              "rounded-control px-4 py-3",
              entry.note.public
                ? "bg-bubble text-on-bubble"
                : "border border-dashed border-warn bg-warn-soft",
            )}
          >
            <p className="mb-1 flex items-center gap-2 text-xs">
              {!entry.note.public && <EyeOff size={13} aria-hidden />}
              <span className="font-semibold">{entry.note.author}</span>
              {moment(entry.at)}
              {!entry.note.public && ` · ${t("desk.note.note")}`}
            </p>
            <p className="break-words whitespace-pre-line">{entry.note.text}</p>
          </li>
        ),
      )}
    </ol>
  );
}
