/** One line of the inbox. */
"use client";

import clsx from "clsx";
import { CircleHelp, MessageSquare, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { Link } from "@/components/ui/Link";
import { DueTime } from "@/features/staff/components/DueTime";
import { State } from "@/features/staff/components/State";
import { useStaffWords } from "@/messages/staff";
import type { InboxItem } from "../api/inbox";
import { placeOf } from "../model/filters";
import { isNews } from "../model/seen";

const SIGNS = { conversation: MessageSquare, complaint: TriangleAlert, enquiry: CircleHelp };

interface InboxRowProps {
  item: InboxItem;
  place: number;
  selected: boolean;
  onToggle: (item: InboxItem) => void;
  onFocus: (place: number) => void;
}

/** Drawn again only when it changed, so that scrolling past thousands stays light. */
export const InboxRow = memo(function InboxRow({ item, place, selected, onToggle, onFocus }: InboxRowProps) {
  const { t, label, ago } = useStaffWords();
  const Sign = SIGNS[item.kind];
  const title = item.title || item.id;
  const news = isNews(item);
  const urgent = item.priority === "urgent" || item.priority === "high";
  return (
    <div
      className={clsx(
        "group flex h-full items-center gap-3 border-b border-line ps-4 pe-4 lg:ps-6 lg:pe-6",
        "focus-within:bg-brand-soft hover:bg-sunken/60",
        selected && "bg-brand-soft",
      )}
    >
      <input
        type="checkbox"
        checked={selected}
        onChange={() => onToggle(item)}
        aria-label={t("desk.inbox.select", { title })}
        className="size-4 shrink-0 accent-(--brand)"
      />
      <Link
        prefetch={false}
        href={placeOf(item)}
        onFocus={() => onFocus(place)}
        data-row
        className="grid min-w-0 flex-1 grid-cols-1 items-center gap-x-4 gap-y-1 rounded-small outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 md:grid-cols-[minmax(0,1fr)_auto]"
      >
        <span className="flex min-w-0 items-center gap-2.5">
          <Sign
            size={16}
            aria-label={label("desk.kind", item.kind)}
            role="img"
            className="shrink-0 text-ink-3"
          />
          <span className="min-w-0">
            <span className={clsx("block truncate", news ? "font-semibold" : "text-ink-2")}>
              {news && (
                <span className="me-2 inline-block size-2 rounded-full bg-focus align-[1px]">
                  <span className="sr-only">{t("desk.inbox.news")}: </span>
                </span>
              )}
              <bdi>{title}</bdi>
            </span>
            <span className="block truncate text-xs text-ink-3">
              {[
                item.customer_name ?? t("desk.inbox.guest"),
                item.kind === "complaint" && item.id,
                item.order_id,
                item.kind === "conversation" && label("desk.channel", item.channel),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-2 overflow-hidden">
          {item.tags.slice(0, 2).map((tag) => (
            <span key={tag} className="text-xs text-ink-3 max-lg:hidden">
              #{tag}
            </span>
          ))}
          {item.due_at && item.status !== "closed" && <DueTime due={item.due_at} />}
          {urgent && <State state={item.priority}>{label("desk.priority", item.priority)}</State>}
          <State state={item.status}>{label("desk.status", item.status)}</State>
          <span className="w-24 truncate text-end text-xs text-ink-2 max-xl:hidden">
            {item.assignee_name ?? t("desk.inbox.nobody")}
          </span>
          <time
            dateTime={item.updated_at}
            className="tabular w-16 text-end text-xs whitespace-nowrap text-ink-3 max-md:ms-auto max-md:w-auto"
          >
            {ago(item.updated_at)}
          </time>
        </span>
      </Link>
    </div>
  );
});
