/** Every set of rules that was in force; an earlier one can be put into force again. */
"use client";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { DataTable } from "@/features/staff/components/DataTable";
import { Loaded } from "@/features/staff/components/Loaded";
import { useMay } from "@/features/staff/hooks/StaffSession";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { POLICY_VERSIONS, type PolicyView } from "../api/settings";

export function PolicyVersions({ busy, onRestore }: { busy: boolean; onRestore: (version: number) => void }) {
  const { t, moment } = useStaffWords();
  const may = useMay("admin");
  const versions = useDeskData<{ results: PolicyView[] }>(POLICY_VERSIONS);
  return (
    <div className="mb-5 max-w-3xl">
      <Loaded
        query={versions}
        empty={t("desk.policy.unchanged")}
        isEmpty={({ results }) => results.length === 0}
      >
        {({ results }) => (
          <DataTable
            label={t("desk.document.versions")}
            rows={results}
            rowKey={({ version }) => String(version)}
            columns={[
              {
                title: t("desk.document.version.short"),
                className: "tabular font-medium",
                cell: ({ version }) => version,
              },
              { title: t("desk.learned.by"), cell: ({ author }) => author },
              {
                title: t("desk.created"),
                className: "tabular whitespace-nowrap text-ink-3",
                cell: ({ at }) => at && moment(at),
              },
              {
                title: t("desk.actions"),
                cell: ({ version }) =>
                  version === results[0]?.version ? (
                    <Badge tone="good">{t("desk.policy.current")}</Badge>
                  ) : (
                    may && (
                      <Button look="quiet" small disabled={busy} onClick={() => onRestore(version)}>
                        {t("desk.policy.restore")}
                      </Button>
                    )
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </div>
  );
}
