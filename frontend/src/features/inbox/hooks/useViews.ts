/** Saved views of the inbox: one's own and those that are shared. */
import { useStaffSession } from "@/features/staff/hooks/StaffSession";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { type SavedView, VIEWS } from "../api/inbox";
import { type Filters, filtersOfQuery, queryOfFilters } from "../model/filters";

interface View {
  id: string;
  name: string;
  filters: Partial<Filters>;
  mine: boolean;
}

interface NewView {
  name: string;
  shared: boolean;
  filters: Filters;
}

export function useViews() {
  const { t } = useStaffWords();
  const { person } = useStaffSession();
  const saved = useDeskData<{ results: SavedView[] }>(VIEWS).data?.results ?? [];
  const save = useDeskChange({
    run: (desk, { filters, ...rest }: NewView) =>
      desk.call(VIEWS, { method: "POST", body: { ...rest, query: queryOfFilters(filters) } }),
    stale: [VIEWS],
    said: t("desk.saved"),
  });
  const remove = useDeskChange({
    run: (desk, id: string) => desk.call(`${VIEWS}/${id}`, { method: "DELETE" }),
    stale: [VIEWS],
  });
  const views: View[] = saved.map(({ id, name, owner, query }) => ({
    id,
    name,
    filters: filtersOfQuery(query),
    mine: owner === person?.id,
  }));
  return { views, save: save.mutate, remove: remove.mutate };
}
