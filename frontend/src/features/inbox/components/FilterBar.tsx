/** Search and filters of the inbox; what is chosen stands in the address. */
"use client";

import clsx from "clsx";
import { Search, SlidersHorizontal } from "lucide-react";
import { memo, type RefObject, useEffect, useState } from "react";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { Select } from "@/features/staff/components/Select";
import { useTeam } from "@/features/staff/hooks/useTeam";
import { useStaffWords } from "@/messages/staff";
import { CHANNELS, KINDS, PRIORITIES, SORTS, STATUSES } from "../api/inbox";
import type { Filters } from "../model/filters";

const SEARCH_AFTER_MS = 250;

function SearchField({ text, field }: { text: string; field: RefObject<HTMLInputElement | null> }) {
  const { t } = useStaffWords();
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    // what comes late of what was typed before does not take away what is being typed
    if (document.activeElement !== field.current) setTyped(text);
  }, [text, field]);
  useEffect(() => {
    const timer = setTimeout(() => typed !== text && changeAddress({ text: typed }), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <div className="relative min-w-40 flex-1 md:max-w-80">
      <Search size={15} aria-hidden className="pointer-events-none absolute start-2.5 top-2 text-ink-3" />
      <input
        ref={field}
        type="search"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
        aria-label={t("desk.inbox.search")}
        placeholder={t("desk.inbox.search")}
        className="h-8 w-full rounded-small border border-line-strong bg-surface ps-8 pe-2 placeholder:text-ink-3 focus:outline-2 focus:outline-focus"
      />
    </div>
  );
}

/** Drawn again when a filter changes, not whenever rows come. */
export const FilterBar = memo(function FilterBar({
  filters,
  field,
}: {
  filters: Filters;
  field: RefObject<HTMLInputElement | null>;
}) {
  const { t, label } = useStaffWords();
  const team = useTeam();
  const [open, setOpen] = useState(false);
  const any = (text: string) => ["", text] as const;
  const choices = {
    kind: [any(t("desk.filter.kind")), ...KINDS.map((name) => [name, label("desk.kind", name)] as const)],
    channel: [
      any(t("desk.filter.channel")),
      ...CHANNELS.map((name) => [name, label("desk.channel", name)] as const),
    ],
    status: [
      any(t("desk.filter.status")),
      ...["active", ...STATUSES].map((name) => [name, label("desk.status", name)] as const),
    ],
    priority: [
      any(t("desk.filter.priority")),
      ...PRIORITIES.map((name) => [name, label("desk.priority", name)] as const),
    ],
    assignee: [
      any(t("desk.filter.assignee")),
      ["me", t("desk.inbox.me")] as const,
      ["none", t("desk.inbox.nobody")] as const,
      ...team.map(({ id, name }) => [id, name] as const),
    ],
    sort: SORTS.map((name) => [name === "updated" ? "" : name, label("desk.sort", name)] as const),
  };
  return (
    <search className="flex flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2 lg:px-6">
      <SearchField text={filters.text} field={field} />
      <Button
        look="secondary"
        small
        className="md:hidden"
        aria-expanded={open}
        aria-controls="filters"
        onClick={() => setOpen(!open)}
      >
        <SlidersHorizontal size={14} aria-hidden />
        {t("desk.filters")}
      </Button>
      <div id="filters" className={clsx("flex-wrap items-center gap-2 md:flex", open ? "flex" : "hidden")}>
        {(["kind", "channel", "status", "priority", "assignee", "sort"] as const).map((name) => (
          <Select
            key={name}
            bare
            label={t(`desk.filter.${name}`)}
            value={filters[name]}
            options={choices[name]}
            onChange={({ target }) => changeAddress({ [name]: target.value })}
          />
        ))}
      </div>
    </search>
  );
});
