/** Writes an article, or a new text of one. */
"use client";

import { type FormEvent, type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Field, TextArea } from "@/components/ui/Field";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import {
  type ArticleDraft,
  DOCUMENTS,
  type DocumentRow,
  rewriteArticle,
  UNANSWERED,
  writeArticle,
} from "../api/documents";

export interface Writing {
  /** The article that gets a new text; absent for a new article. */
  row?: DocumentRow;
  title: string;
  text: string;
  /** Questions that the article answers: they leave the list of what is unanswered. */
  answers?: string[];
}

interface ArticleEditorProps {
  writing: Writing;
  hint?: ReactNode;
  onClose: () => void;
}

export function ArticleEditor({ writing, hint, onClose }: ArticleEditorProps) {
  const { t } = useStaffWords();
  const form = useRef<HTMLFormElement>(null);
  const save = useDeskChange({
    shown: true,
    run: async (desk, article: ArticleDraft) => {
      const { row, answers = [] } = writing;
      await (row ? rewriteArticle(desk, row, article) : writeArticle(desk, article));
      if (answers.length > 0 && article.status === "published")
        await desk.call(`${UNANSWERED}/dealt-with`, { method: "POST", body: { ids: answers } });
    },
    stale: [DOCUMENTS, UNANSWERED],
    said: t("desk.saved"),
    onDone: onClose,
  });
  const submit = (status: ArticleDraft["status"]) => {
    if (!form.current?.reportValidity()) return;
    const data = new FormData(form.current);
    save.mutate({ title: String(data.get("title")), text: String(data.get("text")), status });
  };
  return (
    <Dialog title={t(writing.row ? "desk.article.edit" : "desk.article.new")} onClose={onClose}>
      <form
        ref={form}
        className="space-y-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit("published");
        }}
      >
        {hint}
        <Field
          name="title"
          label={t("desk.article.title")}
          defaultValue={writing.title}
          maxLength={300}
          required
        />
        <TextArea
          name="text"
          label={t("desk.article.text")}
          defaultValue={writing.text}
          rows={14}
          maxLength={200_000}
          required
        />
        {save.error != null && <ProblemNotice error={save.error} />}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" disabled={save.isPending}>
            {t("desk.article.publish")}
          </Button>
          <Button look="secondary" disabled={save.isPending} onClick={() => submit("draft")}>
            {t("desk.article.draft")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
