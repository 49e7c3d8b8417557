/** Which goods come back and why; what the rules do not allow says so beside it. */
"use client";

import { type FormEvent, useState } from "react";
import type { OrderCard, RefundsOfOrder } from "@/api/types";
import { useShop } from "@/components/shell/useShop";
import { Button } from "@/components/ui/Button";
import { SelectField } from "@/components/ui/Field";
import { useWords } from "@/messages";

interface ReturnWish {
  line_ids: string[];
  reason: string;
  opened?: boolean;
}

interface ReturnFormProps {
  order: OrderCard;
  rules: RefundsOfOrder;
  busy: boolean;
  onReturn: (wish: ReturnWish) => void;
}

function Opened() {
  const { t } = useWords();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("return.opened")}</legend>
      <div className="flex gap-5">
        {(["no", "yes"] as const).map((answer) => (
          <label key={answer} className="flex items-center gap-2">
            <input type="radio" name="opened" value={answer} required className="size-4 accent-brand" />
            {t(`common.${answer}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function ReturnForm({ order, rules, busy, onReturn }: ReturnFormProps) {
  const { t } = useWords();
  const { data: shop } = useShop();
  const [chosen, setChosen] = useState<string[]>([]);
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const opened = data.get("opened");
    onReturn({
      line_ids: chosen,
      reason: String(data.get("reason")),
      opened: opened === null ? undefined : opened === "yes",
    });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("return.which")}</legend>
        <ul className="space-y-2">
          {order.lines.map(({ id, name }) => {
            const verdict = rules.lines[id];
            const allowed = verdict?.allowed ?? false;
            return (
              <li key={id}>
                <label className="flex items-start gap-3">
                  <input
                    type="checkbox"
                    disabled={!allowed}
                    checked={chosen.includes(id)}
                    onChange={() => toggle(id)}
                    className="mt-1 size-4 accent-brand"
                  />
                  <span>
                    <span className={allowed ? "font-medium" : "text-ink-3"}>{name}</span>
                    {!allowed && <span className="block text-sm text-ink-3">{verdict?.reason}</span>}
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      </fieldset>
      <SelectField name="reason" label={t("return.reason")} options={shop?.return_reasons ?? []} />
      {rules.asks_opened && <Opened />}
      <Button type="submit" disabled={busy || chosen.length === 0}>
        {t("return.submit")}
      </Button>
    </form>
  );
}
