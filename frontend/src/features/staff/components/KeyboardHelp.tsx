/** Every shortcut of the desk. */
"use client";

import { Dialog } from "@/components/ui/Dialog";
import { type StaffKey, useStaffWords } from "@/messages/staff";
import { PLACES } from "../model/places";

const GROUPS: [title: StaffKey, keys: [keys: string, what: StaffKey][]][] = [
  [
    "desk.keys.inbox",
    [
      ["j", "desk.keys.next"],
      ["k", "desk.keys.previous"],
      ["Enter", "desk.keys.open"],
      ["x", "desk.keys.select"],
      ["e", "desk.keys.resolve"],
      ["a", "desk.keys.assign"],
      ["z", "desk.bulk.undo"],
      ["/", "desk.keys.search"],
    ],
  ],
  [
    "desk.keys.case",
    [
      ["t", "desk.keys.take"],
      ["r", "desk.keys.reply"],
      ["n", "desk.keys.note"],
      ["e", "desk.keys.resolve"],
      ["j", "desk.keys.next_case"],
      ["k", "desk.keys.previous_case"],
      ["u", "desk.keys.back"],
    ],
  ],
  [
    "desk.keys.everywhere",
    [...PLACES.map(({ keys, label }): [string, StaffKey] => [keys, label]), ["?", "desk.keys.title"]],
  ],
];

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useStaffWords();
  return (
    <Dialog title={t("desk.keys.title")} onClose={onClose}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {GROUPS.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-sm tracking-normal">{t(title)}</h3>
            <dl className="space-y-1.5">
              {keys.map(([key, what]) => (
                <div key={key} className="flex items-center justify-between gap-4">
                  <dt className="text-ink-2">{t(what)}</dt>
                  <dd className="flex gap-1">
                    {key.split(" ").map((one) => (
                      <kbd
                        key={one}
                        className="rounded-[5px] border border-line-strong bg-sunken px-1.5 py-0.5 font-sans text-xs font-semibold"
                      >
                        {one}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
