/** What takes a change of items back: each gets what it had before. */
import type { InboxItem, ItemChange, ItemName } from "../api/inbox";

function back(item: InboxItem, change: ItemChange): ItemChange {
  const former: ItemChange = {};
  if (change.status) former.status = item.status as ItemChange["status"];
  if (change.priority) former.priority = item.priority as ItemChange["priority"];
  if (change.assignee !== undefined) former.assignee = item.assignee ?? "";
  const fresh = change.add_tags?.filter((tag) => !item.tags.includes(tag));
  if (fresh?.length) former.remove_tags = fresh;
  return former;
}

/** As few changes as do it: items that had the same go together. */
export function changesBack(items: readonly InboxItem[], change: ItemChange): [ItemName[], ItemChange][] {
  const alike = new Map<string, [ItemName[], ItemChange]>();
  for (const item of items) {
    const former = back(item, change);
    const key = JSON.stringify(former);
    const [names] = alike.get(key) ?? [[]];
    alike.set(key, [[...names, item], former]);
  }
  return [...alike.values()].filter(([, former]) => Object.keys(former).length > 0);
}
