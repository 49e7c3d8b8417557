/** Every version of a document, to be saved as it was. */
"use client";

import { Download } from "lucide-react";
import { save } from "@/api/files";
import { IconButton } from "@/components/ui/Button";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { DOCUMENTS, type DocumentRow, type DocumentVersion, openVersion } from "../api/documents";

export function DocumentVersions({ row }: { row: DocumentRow }) {
  const { t, moment } = useStaffWords();
  const desk = useDesk();
  const versions = useDeskData<{ results: DocumentVersion[] }>(`${DOCUMENTS}/${row.id}/versions`);
  return (
    <section>
      <h3 className="mb-2 text-sm tracking-normal">{t("desk.document.versions")}</h3>
      <Loaded query={versions}>
        {({ results }) => (
          <ul className="divide-y divide-line">
            {results.map(({ version, author, created_at }) => (
              <li key={version} className="flex items-center gap-3 py-1">
                <span className="font-medium">{t("desk.document.version", { version })}</span>
                <span className="min-w-0 flex-1 truncate text-ink-3">
                  {[moment(created_at), author].filter(Boolean).join(" · ")}
                </span>
                <IconButton
                  label={t("desk.document.download", { version })}
                  className="size-8!"
                  onClick={async () => save(await openVersion(desk, row.id, version), `${row.id}-${version}`)}
                >
                  <Download size={15} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
