/** What went wrong, with which order. It is shown in full before it is filed. */
"use client";

import type { FormEvent } from "react";
import { ActionFlow } from "@/components/shell/ActionFlow";
import { useAction } from "@/components/shell/useAction";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Field, TextArea } from "@/components/ui/Field";
import { useWords } from "@/messages";

const CATEGORIES = ["product", "delivery", "billing", "service", "other"] as const;

function Categories() {
  const { t } = useWords();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("complaints.category")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {CATEGORIES.map((category, index) => (
          <label key={category} className="flex items-center gap-2">
            <input
              type="radio"
              name="category"
              value={category}
              defaultChecked={index === 0}
              className="size-4 accent-brand"
            />
            {t(`complaint.category.${category}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function ComplaintForm({ orderId, onFiled }: { orderId: string; onFiled: (id: string) => void }) {
  const { t } = useWords();
  const action = useAction();
  const { pending, outcome, needsProof, busy } = action;
  const filed = outcome?.ids.complaint;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const order_id = String(data.get("order")).trim().toUpperCase();
    action.propose("file_complaint", {
      description: String(data.get("description")).trim(),
      category: String(data.get("category")),
      ...(order_id ? { order_id } : {}),
    });
  };
  const asking = !pending && !outcome && !needsProof;
  return (
    <div className="space-y-4">
      {asking && (
        <form onSubmit={submit} className="space-y-4 rounded-card border border-line bg-surface p-5 sm:p-6">
          <Field
            name="order"
            label={t("complaints.order")}
            placeholder={t("orders.number.placeholder")}
            defaultValue={orderId}
            autoComplete="off"
          />
          <Categories />
          <TextArea
            name="description"
            label={t("complaints.description")}
            rows={4}
            minLength={3}
            maxLength={4000}
            required
          />
          <Button type="submit" disabled={busy}>
            {t("complaints.next")}
          </Button>
        </form>
      )}
      <ActionFlow action={action} known={orderId !== ""} />
      {filed && <Button onClick={() => onFiled(filed)}>{t("complaints.follow")}</Button>}
      {needsProof && (
        <ButtonLink look="quiet" href="/orders/">
          {t("orders.bynumber")}
        </ButtonLink>
      )}
    </div>
  );
}
