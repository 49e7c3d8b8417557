/** Standing and saved views of the inbox. */
"use client";

import clsx from "clsx";
import { Plus, X } from "lucide-react";
import { type FormEvent, memo, useState } from "react";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Field } from "@/components/ui/Field";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { intoSight } from "@/features/staff/model/sight";
import { useStaffWords } from "@/messages/staff";
import { useTitleCount } from "@/title";
import { COUNTS, type InboxCounts } from "../api/inbox";
import { useViews } from "../hooks/useViews";
import { FILTERS, type Filters, STANDING_VIEWS, sameFilters } from "../model/filters";

/** Shows exactly these filters. */
const show = (wanted: Partial<Filters>) =>
  changeAddress(Object.fromEntries(FILTERS.map((name) => [name, wanted[name] ?? null])));

interface ViewProps {
  name: string;
  count?: number;
  current: boolean;
  onShow: () => void;
}

function View({ name, count = 0, current, onShow }: ViewProps) {
  return (
    <button
      type="button"
      ref={current ? intoSight : undefined}
      aria-pressed={current}
      onClick={onShow}
      className={clsx(
        "h-8 rounded-small px-2.5 whitespace-nowrap transition-colors",
        current ? "bg-brand-soft font-semibold text-ink" : "text-ink-2 hover:bg-sunken hover:text-ink",
      )}
    >
      {name}
      {count > 0 && <span className="tabular ms-1.5 text-xs font-medium text-ink-3">{count}</span>}
    </button>
  );
}

function SaveView({
  onSave,
  onClose,
}: {
  onSave: (name: string, shared: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useStaffWords();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onSave(String(data.get("name")), data.get("shared") === "on");
  };
  return (
    <Dialog title={t("desk.views.save")} onClose={onClose}>
      <form onSubmit={save} className="space-y-4">
        <Field name="name" label={t("desk.views.name")} maxLength={60} required />
        <label className="flex items-center gap-2.5">
          <input type="checkbox" name="shared" className="size-4 accent-(--brand)" />
          {t("desk.views.shared")}
        </label>
        <Button type="submit">{t("common.save")}</Button>
      </form>
    </Dialog>
  );
}

export const ViewBar = memo(function ViewBar({ filters }: { filters: Filters }) {
  const { t, label } = useStaffWords();
  const { views, save, remove } = useViews();
  const counts = useDeskData<InboxCounts>(COUNTS).data;
  useTitleCount(counts?.unassigned ?? 0);
  const [saving, setSaving] = useState(false);
  const known = [...Object.values(STANDING_VIEWS), ...views.map((view) => view.filters)];
  return (
    <nav
      aria-label={t("desk.views.label")}
      className="flex items-center gap-1 overflow-x-auto border-b border-line bg-surface px-3 py-1.5 lg:px-5"
    >
      {Object.entries(STANDING_VIEWS).map(([name, wanted]) => (
        <View
          key={name}
          name={label("desk.view", name)}
          count={counts?.[name as keyof InboxCounts]}
          current={sameFilters(filters, wanted)}
          onShow={() => show(wanted)}
        />
      ))}
      {views.map((view) => (
        <span key={view.id} className="flex items-center">
          <View
            name={view.name}
            current={sameFilters(filters, view.filters)}
            onShow={() => show(view.filters)}
          />
          {view.mine && sameFilters(filters, view.filters) && (
            <Button
              look="quiet"
              small
              className="px-1!"
              aria-label={t("desk.views.remove", { name: view.name })}
              onClick={() => remove(view.id)}
            >
              <X size={14} aria-hidden />
            </Button>
          )}
        </span>
      ))}
      {!known.some((wanted) => sameFilters(filters, wanted)) && (
        <Button look="quiet" small onClick={() => setSaving(true)}>
          <Plus size={14} aria-hidden />
          {t("desk.views.save")}
        </Button>
      )}
      {saving && (
        <SaveView
          onClose={() => setSaving(false)}
          onSave={(name, shared) => {
            save({ name, shared, filters });
            setSaving(false);
          }}
        />
      )}
    </nav>
  );
});
