/** The knowledge at the desk: documents, what is asked in vain, and a place to try questions. */
"use client";

import { Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Tabs } from "@/features/staff/components/Tabs";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { DOCUMENTS, type DocumentRow } from "../api/documents";
import { ArticleEditor, type Writing } from "./ArticleEditor";
import { DocumentDialog } from "./DocumentDialog";
import { DocumentTable } from "./DocumentTable";
import { TryQuestion } from "./TryQuestion";
import { Unanswered } from "./Unanswered";
import { UploadBox } from "./UploadBox";

const TABS = ["documents", "unanswered", "try"] as const;

function Documents({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useStaffWords();
  const documents = useDeskData<{ results: DocumentRow[] }>(DOCUMENTS);
  return (
    <>
      <UploadBox />
      <Loaded
        query={documents}
        empty={t("desk.documents.empty")}
        isEmpty={({ results }) => results.length === 0}
      >
        {({ results }) => <DocumentTable rows={results} onOpen={({ id }) => onOpen(id)} />}
      </Loaded>
    </>
  );
}

export function DeskKnowledgePage() {
  const { t } = useStaffWords();
  const asked = useSearchParams().get("tab");
  const tab = TABS.find((name) => name === asked) ?? "documents";
  const [opened, setOpened] = useState<string | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const rows = useDeskData<{ results: DocumentRow[] }>(DOCUMENTS).data?.results;
  const row = rows?.find(({ id }) => id === opened);
  return (
    <DeskPage
      title={t("desk.nav.knowledge")}
      actions={
        <Button small onClick={() => setWriting({ title: "", text: "" })}>
          <Plus size={15} aria-hidden />
          {t("desk.article.new")}
        </Button>
      }
    >
      <Tabs
        label={t("desk.knowledge.label")}
        current={tab}
        tabs={[
          ["documents", t("desk.documents")],
          ["unanswered", t("desk.unanswered")],
          ["try", t("desk.try")],
        ]}
      />
      {tab === "documents" && <Documents onOpen={setOpened} />}
      {tab === "unanswered" && <Unanswered onWrite={setWriting} />}
      {tab === "try" && <TryQuestion />}
      {row && !writing && <DocumentDialog row={row} onEdit={setWriting} onClose={() => setOpened(null)} />}
      {writing && <ArticleEditor writing={writing} onClose={() => setWriting(null)} />}
    </DeskPage>
  );
}
