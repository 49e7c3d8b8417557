/** Rules for kinds of goods: what cannot come back, and what is kept of the price. A row without categories is dropped. */
"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useStaffWords } from "@/messages/staff";
import type { Policy } from "../api/settings";

type Rule = Partial<Policy["exclusions"][number] & Policy["restocking_fees"][number]>;

interface RuleRowsProps {
  prefix: "exclusion" | "fee";
  title: string;
  count: number;
  rules: readonly Rule[];
  onAdd: () => void;
}

const FLAGS = ["when_opened", "unless_defective"] as const;

export function RuleRows({ prefix, title, count, rules, onAdd }: RuleRowsProps) {
  const { t } = useStaffWords();
  return (
    <fieldset className="border-t border-line pt-4">
      <legend className="sr-only">{title}</legend>
      <p className="mb-2 font-semibold">{title}</p>
      {Array.from({ length: count }, (_, n) => {
        const rule: Rule = rules[n] ?? { unless_defective: true };
        const name = `${prefix}.${n}`;
        return (
          <div key={name} className="mb-3 grid items-end gap-3 sm:grid-cols-2">
            <Field
              name={`${name}.categories`}
              label={t("desk.policy.categories")}
              defaultValue={rule.categories?.join(", ")}
            />
            {prefix === "exclusion" ? (
              <Field name={`${name}.reason`} label={t("desk.policy.why")} defaultValue={rule.reason} />
            ) : (
              <Field
                name={`${name}.percent`}
                type="number"
                min={0}
                max={100}
                step="0.01"
                label={t("desk.policy.percent")}
                defaultValue={(rule.basis_points ?? 0) / 100}
              />
            )}
            <div className="flex flex-wrap gap-x-5 sm:col-span-2">
              {FLAGS.map((flag) => (
                <label key={flag} className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    name={`${name}.${flag}`}
                    defaultChecked={rule[flag]}
                    className="size-4 accent-(--brand)"
                  />
                  {t(`desk.policy.${flag}`)}
                </label>
              ))}
            </div>
          </div>
        );
      })}
      <Button look="quiet" small onClick={onAdd}>
        <Plus size={14} aria-hidden />
        {t("desk.policy.add")}
      </Button>
    </fieldset>
  );
}
