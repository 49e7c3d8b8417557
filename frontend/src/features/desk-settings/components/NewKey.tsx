/** A new key: its name, and what may be called with it. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { KEYS, type KeyShown, SCOPES } from "../api/settings";

export function NewKey({ onMade, onClose }: { onMade: (key: KeyShown) => void; onClose: () => void }) {
  const { t } = useStaffWords();
  const make = useDeskChange({
    shown: true,
    run: (desk, body: { name: string; scopes: string[] }) =>
      desk.call<KeyShown>(KEYS, { method: "POST", body }),
    stale: [KEYS],
    onDone: onMade,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    make.mutate({ name: String(data.get("name")), scopes: data.getAll("scopes").map(String) });
  };
  return (
    <Dialog title={t("desk.keys.new")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Field name="name" label={t("desk.keys.name")} maxLength={120} required />
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{t("desk.keys.scopes")}</legend>
          <div className="grid gap-x-6 sm:grid-cols-2">
            {SCOPES.map((scope) => (
              <label key={scope} className="flex items-center gap-2.5 py-1">
                <input type="checkbox" name="scopes" value={scope} className="size-4 accent-(--brand)" />
                {scope}
              </label>
            ))}
          </div>
        </fieldset>
        {make.error != null && <ProblemNotice error={make.error} />}
        <Button type="submit" disabled={make.isPending}>
          {t("desk.keys.make")}
        </Button>
      </form>
    </Dialog>
  );
}
