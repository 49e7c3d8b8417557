/** Somebody new at the desk: who it is, and what they may do. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { ROLES } from "@/features/staff/model/person";
import { useStaffWords } from "@/messages/staff";
import { type Invitation, TEAM } from "../api/settings";

interface Invited {
  email: string;
  name: string;
  role: string;
}

export function Invite({ onDone, onClose }: { onDone: (made: Invitation) => void; onClose: () => void }) {
  const { t, label } = useStaffWords();
  const invite = useDeskChange({
    shown: true,
    run: (desk, body: Invited) => desk.call<Invitation>(TEAM, { method: "POST", body }),
    stale: [TEAM],
    onDone,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const field = (name: string) => String(data.get(name)).trim();
    invite.mutate({ email: field("email"), name: field("name"), role: field("role") });
  };
  return (
    <Dialog title={t("desk.team.invite")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Field name="name" label={t("desk.team.name")} maxLength={120} required />
        <Field name="email" type="email" label={t("staff.email")} required />
        <Select
          name="role"
          label={t("desk.team.role")}
          options={ROLES.map((role) => [role, label("desk.team.role", role)])}
        />
        {invite.error != null && <ProblemNotice error={invite.error} />}
        <Button type="submit" disabled={invite.isPending}>
          {t("desk.team.send")}
        </Button>
      </form>
    </Dialog>
  );
}
