/** The rules on returns, refunds and cancellations, with every earlier version. */
"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Field, TextArea } from "@/components/ui/Field";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useStaffWords } from "@/messages/staff";
import type { Policy } from "../api/settings";
import { usePolicy } from "../hooks/usePolicy";
import { policyOf } from "../model/policy";
import { SettingsForm } from "./Form";
import { Playground } from "./Playground";
import { PolicyVersions } from "./PolicyVersions";
import { RuleRows } from "./RuleRows";

interface PolicyFormProps extends Pick<ReturnType<typeof usePolicy>, "save"> {
  policy: Policy;
  onTry: (policy: Policy) => void;
}

function PolicyForm({ policy, save, onTry }: PolicyFormProps) {
  const { t } = useStaffWords();
  const [exclusions, setExclusions] = useState(policy.exclusions.length);
  const [fees, setFees] = useState(policy.restocking_fees.length);
  const [from, to] = policy.refund_business_days;
  return (
    <SettingsForm
      busy={save.isPending}
      error={save.error}
      onSave={(filled) => save.mutate(policyOf(filled, policy, exclusions, fees))}
      onTry={(filled) => onTry({ ...policy, ...policyOf(filled, policy, exclusions, fees) })}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="shop_name" label={t("desk.policy.shop")} defaultValue={policy.shop_name} required />
        <Field
          name="contact_email"
          type="email"
          label={t("desk.policy.contact")}
          defaultValue={policy.contact_email}
        />
        <Field
          name="return_window_days"
          type="number"
          min={0}
          max={3650}
          label={t("desk.policy.window")}
          hint={t("desk.policy.window.hint")}
          defaultValue={policy.return_window_days ?? ""}
        />
        <div className="grid grid-cols-2 gap-3">
          <Field
            name="refund_from"
            type="number"
            min={0}
            label={t("desk.policy.refund.from")}
            defaultValue={from}
          />
          <Field
            name="refund_to"
            type="number"
            min={0}
            label={t("desk.policy.refund.to")}
            defaultValue={to}
          />
        </div>
        <TextArea
          name="cancel_reasons"
          label={t("desk.policy.cancel_reasons")}
          defaultValue={policy.cancel_reasons.join("\n")}
        />
        <TextArea
          name="return_reasons"
          label={t("desk.policy.return_reasons")}
          defaultValue={policy.return_reasons.join("\n")}
        />
      </div>
      <RuleRows
        prefix="exclusion"
        title={t("desk.policy.exclusions")}
        count={exclusions}
        rules={policy.exclusions}
        onAdd={() => setExclusions(exclusions + 1)}
      />
      <RuleRows
        prefix="fee"
        title={t("desk.policy.fees")}
        count={fees}
        rules={policy.restocking_fees}
        onAdd={() => setFees(fees + 1)}
      />
    </SettingsForm>
  );
}

export function Policies() {
  const { t } = useStaffWords();
  const { query, save, restore } = usePolicy();
  const [history, setHistory] = useState(false);
  const [tried, setTried] = useState<Policy | null>(null);
  return (
    <>
      <Section
        title={t("desk.settings.policies")}
        lead={t("desk.settings.policies.lead")}
        actions={
          <Button look="secondary" small aria-expanded={history} onClick={() => setHistory(!history)}>
            {t("desk.document.versions")}
          </Button>
        }
      >
        {history && <PolicyVersions busy={restore.isPending} onRestore={restore.mutate} />}
        <Loaded query={query}>
          {({ policy, version }) => <PolicyForm key={version} policy={policy} save={save} onTry={setTried} />}
        </Loaded>
      </Section>
      {tried && <Playground rules={tried} />}
    </>
  );
}
