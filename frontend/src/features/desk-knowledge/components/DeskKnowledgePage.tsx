/** The knowledge at the desk: documents, what is asked in vain, and a place to try questions. */
"use client";

import { Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { Tabs } from "@/features/staff/components/Tabs";
import { useStaffWords } from "@/messages/staff";
import { useDocuments } from "../hooks/useDocuments";
import { ArticleEditor, type Writing } from "./ArticleEditor";
import { DocumentDialog } from "./DocumentDialog";
import { DocumentTable } from "./DocumentTable";
import { TryQuestion } from "./TryQuestion";
import { Unanswered } from "./Unanswered";
import { UploadBox } from "./UploadBox";

const TABS = ["documents", "unanswered", "try"] as const;

export function DeskKnowledgePage() {
  const { t } = useStaffWords();
  const asked = useSearchParams().get("tab");
  const tab = TABS.find((name) => name === asked) ?? "documents";
  const [opened, setOpened] = useState<string | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const documents = useDocuments();
  const row = documents.page.data?.results.find(({ id }) => id === opened);
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
      {tab === "documents" && (
        <>
          <UploadBox />
          <DocumentTable documents={documents} onOpen={({ id }) => setOpened(id)} />
        </>
      )}
      {tab === "unanswered" && <Unanswered onWrite={setWriting} />}
      {tab === "try" && <TryQuestion />}
      {row && !writing && <DocumentDialog row={row} onEdit={setWriting} onClose={() => setOpened(null)} />}
      {writing && <ArticleEditor writing={writing} onClose={() => setWriting(null)} />}
    </DeskPage>
  );
}
