/** Why a pending order is called off. */
"use client";

import type { FormEvent } from "react";
import { useShop } from "@/components/shell/useShop";
import { Button } from "@/components/ui/Button";
import { SelectField } from "@/components/ui/Field";
import { useWords } from "@/messages";

export function CancelForm({ busy, onCancel }: { busy: boolean; onCancel: (reason: string) => void }) {
  const { t } = useWords();
  const { data: shop } = useShop();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCancel(String(new FormData(event.currentTarget).get("reason")));
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <SelectField name="reason" label={t("return.reason")} options={shop?.cancel_reasons ?? []} />
      <Button type="submit" disabled={busy}>
        {t("cancel.submit")}
      </Button>
    </form>
  );
}
