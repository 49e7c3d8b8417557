/** Who works at the desk: invited, given a role, let go. */
"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { ROLES } from "@/features/staff/model/person";
import { useStaffWords } from "@/messages/staff";
import { type Invitation, type Member, TEAM } from "../api/settings";
import { Invite } from "./Invite";
import { ShownOnce } from "./ShownOnce";

function MemberState({ member: { active, joined } }: { member: Member }) {
  const { t } = useStaffWords();
  if (!active) return <Badge>{t("desk.team.gone")}</Badge>;
  return (
    <Badge tone={joined ? "good" : "warn"}>{t(joined ? "desk.team.joined" : "desk.team.invited")}</Badge>
  );
}

export function TeamPart() {
  const { t, label } = useStaffWords();
  const team = useDeskData<{ results: Member[] }>(TEAM);
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<Invitation | null>(null);
  const change = useDeskChange({
    run: (desk, { id, ...body }: { id: string; role?: string; active?: boolean }) =>
      desk.call(`${TEAM}/${id}`, { method: "PATCH", body }),
    stale: [TEAM],
    said: t("desk.saved"),
  });
  const again = useDeskChange({
    run: (desk, { id }: Member) => desk.call<Invitation>(`${TEAM}/${id}/link`, { method: "POST" }),
    onDone: setMade,
  });
  return (
    <Section
      title={t("desk.settings.team")}
      lead={t("desk.settings.team.lead")}
      actions={
        <Button small onClick={() => setInviting(true)}>
          <Plus size={15} aria-hidden />
          {t("desk.team.invite")}
        </Button>
      }
    >
      <Loaded query={team}>
        {({ results }) => (
          <DataTable
            label={t("desk.settings.team")}
            rows={results}
            rowKey={({ id }) => id}
            columns={[
              {
                title: t("desk.team.name"),
                className: "font-medium",
                cell: ({ name, email }) => (
                  <>
                    {name}
                    <span className="block text-xs font-normal text-ink-3">{email}</span>
                  </>
                ),
              },
              {
                title: t("desk.team.role"),
                cell: ({ id, name, role, active }) => (
                  <Select
                    bare
                    className="min-w-28"
                    label={`${t("desk.team.role")}: ${name}`}
                    value={role}
                    disabled={!active || change.isPending}
                    onChange={({ target }) => change.mutate({ id, role: target.value })}
                    options={ROLES.map((one) => [one, label("desk.team.role", one)])}
                  />
                ),
              },
              { title: t("staff.column.status"), cell: (member) => <MemberState member={member} /> },
              {
                title: t("desk.actions"),
                cell: (member) => (
                  <span className="flex gap-1">
                    {member.active && (
                      <Button
                        look="quiet"
                        small
                        aria-label={`${t("desk.team.link")}: ${member.name}`}
                        onClick={() => again.mutate(member)}
                      >
                        {t("desk.team.link")}
                      </Button>
                    )}
                    <Button
                      look="quiet"
                      small
                      aria-label={`${t(member.active ? "desk.team.end" : "desk.team.back")}: ${member.name}`}
                      onClick={() => change.mutate({ id: member.id, active: !member.active })}
                    >
                      {t(member.active ? "desk.team.end" : "desk.team.back")}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {inviting && (
        <Invite
          onClose={() => setInviting(false)}
          onDone={(invitation) => {
            setInviting(false);
            setMade(invitation);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t("desk.team.link.title", { name: made.member.name })}
          secret={`${window.location.origin}/staff/?token=${made.token}`}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  );
}
