/** The settings of the shop, in parts; a person sees the parts that are theirs to change. */
"use client";

import { useSearchParams } from "next/navigation";
import type { ComponentType } from "react";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { Tabs } from "@/features/staff/components/Tabs";
import { useStaffSession } from "@/features/staff/hooks/StaffSession";
import { mayAs, type StaffRole } from "@/features/staff/model/person";
import { type StaffKey, useStaffWords } from "@/messages/staff";
import { ApiKeys } from "./ApiKeys";
import { CannedReplies } from "./CannedReplies";
import { Corrections } from "./Corrections";
import { Webhooks } from "./Webhooks";

interface Part {
  name: string;
  title: StaffKey;
  role: StaffRole;
  Content: ComponentType;
}

const PARTS: Part[] = [
  { name: "canned", title: "desk.canned", role: "support", Content: CannedReplies },
  { name: "learned", title: "desk.settings.learned", role: "support", Content: Corrections },
  { name: "webhooks", title: "desk.settings.webhooks", role: "admin", Content: Webhooks },
  { name: "keys", title: "desk.settings.keys", role: "admin", Content: ApiKeys },
];

export function SettingsPage() {
  const { t } = useStaffWords();
  const { person } = useStaffSession();
  const asked = useSearchParams().get("tab");
  const parts = PARTS.filter(({ role }) => person && mayAs(person.role, role));
  const part = parts.find(({ name }) => name === asked) ?? parts[0];
  return (
    <DeskPage title={t("desk.nav.settings")}>
      <Tabs
        label={t("desk.settings.parts")}
        current={part?.name ?? ""}
        tabs={parts.map(({ name, title }) => [name, t(title)] as const)}
      />
      {part && <part.Content />}
    </DeskPage>
  );
}
