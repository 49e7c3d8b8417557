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
import { Appearance } from "./Appearance";
import { BusinessHours } from "./BusinessHours";
import { CannedReplies } from "./CannedReplies";
import { Corrections } from "./Corrections";
import { Playground } from "./Playground";
import { Policies } from "./Policies";
import { TeamPart } from "./TeamPart";
import { Webhooks } from "./Webhooks";

interface Part {
  name: string;
  title: StaffKey;
  role: StaffRole;
  Content: ComponentType;
}

const PARTS: Part[] = [
  { name: "chat", title: "desk.settings.chat", role: "support", Content: Appearance },
  { name: "policies", title: "desk.settings.policies", role: "support", Content: Policies },
  { name: "hours", title: "desk.settings.hours", role: "support", Content: BusinessHours },
  { name: "canned", title: "desk.canned", role: "support", Content: CannedReplies },
  { name: "learned", title: "desk.settings.learned", role: "support", Content: Corrections },
  { name: "playground", title: "desk.settings.playground", role: "supervisor", Content: Playground },
  { name: "team", title: "desk.settings.team", role: "admin", Content: TeamPart },
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
