/** What was sent to webhooks and what waits; any of it can be sent again. */
"use client";

import { useState } from "react";
import { Badge, type Tone } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { DELIVERIES, type Delivery } from "../api/settings";

const REFRESH_MS = 5_000;
const TONES: Record<Delivery["state"], Tone> = { waiting: "warn", delivered: "good", dead: "bad" };

export function Deliveries() {
  const { t, moment, label } = useStaffWords();
  const [state, setState] = useState("");
  const log = useDeskData<{ results: Delivery[] }>(DELIVERIES, { state }, REFRESH_MS);
  const replay = useDeskChange({
    run: (desk, { id }: Delivery) => desk.call(`${DELIVERIES}/${id}/replay`, { method: "POST" }),
    stale: [DELIVERIES],
    said: t("desk.deliveries.replayed"),
  });
  return (
    <Section
      title={t("desk.deliveries")}
      actions={
        <Select
          bare
          label={t("staff.column.status")}
          value={state}
          onChange={({ target }) => setState(target.value)}
          options={[
            ["", t("desk.filter.any")],
            ...(Object.keys(TONES) as Delivery["state"][]).map(
              (name) => [name, label("desk.deliveries.state", name)] as const,
            ),
          ]}
        />
      }
    >
      <Loaded query={log} empty={t("desk.deliveries.empty")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <DataTable
            label={t("desk.deliveries")}
            rows={results}
            rowKey={({ id }) => id}
            columns={[
              { title: t("desk.deliveries.event"), className: "font-medium", cell: ({ kind }) => kind },
              { title: t("desk.webhooks.url"), className: "break-all max-md:hidden", cell: ({ url }) => url },
              {
                title: t("staff.column.status"),
                cell: ({ state: name }) => (
                  <Badge tone={TONES[name]}>{label("desk.deliveries.state", name)}</Badge>
                ),
              },
              { title: t("desk.deliveries.tries"), className: "tabular", cell: ({ tries }) => tries },
              {
                title: t("desk.deliveries.when"),
                className: "tabular whitespace-nowrap text-ink-3",
                cell: ({ delivered_at, due_at, error }) => (
                  <>
                    {moment(delivered_at ?? due_at)}
                    {error && (
                      <span className="block max-w-64 text-xs break-words whitespace-normal text-bad">
                        {error}
                      </span>
                    )}
                  </>
                ),
              },
              {
                title: t("desk.actions"),
                cell: (delivery) => (
                  <Button
                    look="quiet"
                    small
                    disabled={replay.isPending}
                    onClick={() => replay.mutate(delivery)}
                  >
                    {t("desk.deliveries.replay")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
