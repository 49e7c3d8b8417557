/** Keys of integrations: made, shown once, replaced, ended. */
"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/features/staff/components/Confirm";
import { type Column, DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { type ApiKey, KEYS, type KeyShown } from "../api/settings";
import { NewKey } from "./NewKey";
import { ShownOnce } from "./ShownOnce";

function useColumns(onEnd: (key: ApiKey) => void, onRotate: (key: ApiKey) => void): Column<ApiKey>[] {
  const { t, moment } = useStaffWords();
  return [
    { title: t("desk.keys.name"), className: "font-medium", cell: ({ name }) => name },
    { title: t("desk.keys.hint"), className: "tabular whitespace-nowrap", cell: ({ hint }) => hint },
    { title: t("desk.keys.scopes"), className: "max-md:hidden", cell: ({ scopes }) => scopes.join(", ") },
    {
      title: t("desk.created"),
      className: "tabular whitespace-nowrap text-ink-3 max-md:hidden",
      cell: ({ created_at }) => moment(created_at),
    },
    {
      title: t("desk.actions"),
      className: "whitespace-nowrap",
      cell: (key) =>
        key.revoked_at ? (
          <Badge>{t("desk.keys.ended")}</Badge>
        ) : (
          <span className="flex gap-1">
            <Button
              look="quiet"
              small
              aria-label={`${t("desk.keys.rotate")}: ${key.name}`}
              onClick={() => onRotate(key)}
            >
              {t("desk.keys.rotate")}
            </Button>
            <Button
              look="quiet"
              small
              aria-label={`${t("desk.keys.end")}: ${key.name}`}
              onClick={() => onEnd(key)}
            >
              {t("desk.keys.end")}
            </Button>
          </span>
        ),
    },
  ];
}

export function ApiKeys() {
  const { t } = useStaffWords();
  const keys = useDeskData<{ results: ApiKey[] }>(KEYS);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const [shown, setShown] = useState<KeyShown | null>(null);
  const rotate = useDeskChange({
    run: (desk, { id }: ApiKey) => desk.call<KeyShown>(`${KEYS}/${id}/rotate`, { method: "POST" }),
    stale: [KEYS],
    onDone: setShown,
  });
  const end = useDeskChange({
    run: (desk, { id }: ApiKey) => desk.call(`${KEYS}/${id}`, { method: "DELETE" }),
    stale: [KEYS],
    onDone: () => setEnding(null),
  });
  const columns = useColumns(setEnding, rotate.mutate);
  return (
    <Section
      title={t("desk.settings.keys")}
      lead={t("desk.settings.keys.lead")}
      actions={
        <Button small onClick={() => setMaking(true)}>
          <Plus size={15} aria-hidden />
          {t("desk.keys.new")}
        </Button>
      }
    >
      <Loaded query={keys} empty={t("desk.keys.empty")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <DataTable
            label={t("desk.settings.keys")}
            columns={columns}
            rows={results}
            rowKey={({ id }) => id}
          />
        )}
      </Loaded>
      {making && (
        <NewKey
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setShown(key);
          }}
        />
      )}
      {shown && <ShownOnce title={shown.name} secret={shown.key} onClose={() => setShown(null)} />}
      {ending && (
        <Confirm
          title={t("desk.keys.end.title", { name: ending.name })}
          confirm={t("desk.keys.end")}
          busy={end.isPending}
          onConfirm={() => end.mutate(ending)}
          onClose={() => setEnding(null)}
        >
          {t("desk.keys.end.text")}
        </Confirm>
      )}
    </Section>
  );
}
