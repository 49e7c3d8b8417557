/** Canned replies to choose from; the chosen one comes filled in for this case. */
"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/Dialog";
import { Loaded } from "@/features/staff/components/Loaded";
import { useToast } from "@/features/staff/components/Toasts";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { CANNED, type CannedList, type CannedReply, renderCanned, type Subject } from "../api/canned";

interface CannedPickerProps {
  subject: Subject;
  onPick: (text: string) => void;
  onClose: () => void;
}

export function CannedPicker({ subject, onPick, onClose }: CannedPickerProps) {
  const { t } = useStaffWords();
  const say = useToast();
  const [wanted, setWanted] = useState("");
  const replies = useDeskData<CannedList>(CANNED);
  const fill = useDeskChange({
    run: (desk, id: string) => renderCanned(desk, id, subject),
    onDone: ({ text, missing }) => {
      if (missing.length > 0) say(t("desk.canned.missing", { names: missing.join(", ") }));
      onPick(text);
    },
  });
  const fits = ({ shortcut, title }: CannedReply) =>
    `${shortcut} ${title}`.toLowerCase().includes(wanted.toLowerCase());
  return (
    <Dialog title={t("desk.canned")} onClose={onClose}>
      <input
        type="search"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
        aria-label={t("desk.canned.search")}
        placeholder={t("desk.canned.search")}
        className="mb-3 h-9 w-full rounded-small border border-line-strong bg-surface px-3 text-sm placeholder:text-ink-3"
      />
      <Loaded query={replies} empty={t("desk.canned.empty")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <ul className="space-y-1 text-sm">
            {results.filter(fits).map((reply) => (
              <li key={reply.id}>
                <button
                  type="button"
                  disabled={fill.isPending}
                  onClick={() => fill.mutate(reply.id)}
                  className="w-full rounded-small px-3 py-2 text-start hover:bg-sunken focus-visible:bg-sunken"
                >
                  <span className="flex gap-2">
                    <span className="font-medium">{reply.title}</span>
                    <span className="text-ink-3">/{reply.shortcut}</span>
                  </span>
                  <span className="line-clamp-2 text-ink-2">{reply.text}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  );
}
