/** Who has a case: somebody of the team, or nobody. */
"use client";

import { Select } from "@/features/staff/components/Select";
import { useTeam } from "@/features/staff/hooks/useTeam";
import { useStaffWords } from "@/messages/staff";

interface AssigneeSelectProps {
  label: string;
  assignee: string | null;
  disabled: boolean;
  /** "" takes it from whoever has it. */
  onAssign: (staffId: string) => void;
}

export function AssigneeSelect({ label, assignee, disabled, onAssign }: AssigneeSelectProps) {
  const { t } = useStaffWords();
  const team = useTeam().map(({ id, name }) => [id, name] as const);
  // whoever was let go, or was named by another system, still shows
  const stranger = assignee !== null && !team.some(([id]) => id === assignee);
  return (
    <Select
      bare
      label={label}
      value={assignee ?? ""}
      disabled={disabled}
      onChange={({ target }) => onAssign(target.value)}
      options={[["", t("desk.inbox.nobody")], ...team, ...(stranger ? [[assignee, assignee] as const] : [])]}
    />
  );
}
