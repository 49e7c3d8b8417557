/** What the shop has written down, as the desk works on it. */
import type { Schema } from "@/api/types";
import type { Desk } from "@/features/staff/hooks/StaffSession";

export type DocumentRow = Schema<"DocumentRow">;
export type DocumentVersion = Schema<"DocumentVersion">;
export type OpenQuestion = Schema<"OpenQuestion">;
export type Answer = Schema<"Answer">;
export type Uploaded = Schema<"Uploaded">;

export const DOCUMENTS = "/api/knowledge/documents";
const ARTICLES = "/api/knowledge/articles";
export const UNANSWERED = "/api/staff/unanswered";
const UPLOADS = "/api/knowledge";

export interface ArticleDraft {
  title: string;
  text: string;
  status: "draft" | "published";
}

export const uploadDocument = (
  desk: Desk,
  file: File,
  onProgress: (share: number) => void,
): Promise<Uploaded> => {
  const form = new FormData();
  form.append("file", file);
  return desk.upload<Uploaded>(UPLOADS, form, onProgress);
};

export const replaceDocument = (desk: Desk, id: string, file: File): Promise<DocumentRow> => {
  const form = new FormData();
  form.append("file", file);
  return desk.upload<DocumentRow>(`${DOCUMENTS}/${id}`, form, () => undefined, "PUT");
};

export const writeArticle = (desk: Desk, article: ArticleDraft): Promise<DocumentRow> =>
  desk.call<DocumentRow>(ARTICLES, { method: "POST", body: article });

/** A new text of an article, then its state where that is another. */
export async function rewriteArticle(
  desk: Desk,
  row: DocumentRow,
  article: ArticleDraft,
): Promise<DocumentRow> {
  const { title, text, status } = article;
  const written = await desk.call<DocumentRow>(`${ARTICLES}/${row.id}`, {
    method: "PUT",
    body: { title, text },
  });
  return written.status === status ? written : reviseDocument(desk, row.id, { status });
}

export const reviseDocument = (
  desk: Desk,
  id: string,
  change: { title?: string; tags?: string[]; status?: DocumentRow["status"] },
): Promise<DocumentRow> => desk.call<DocumentRow>(`${DOCUMENTS}/${id}`, { method: "PATCH", body: change });

/** The original of a version. */
export const openVersion = (desk: Desk, id: string, version: number): Promise<Response> =>
  desk.open(`${DOCUMENTS}/${id}/versions/${version}`);

export type Trial = Schema<"Trial">;

/** One question to the knowledge as it is live, and as it would be with the drafts. */
export const tryQuestion = (desk: Desk, question: string): Promise<Trial> =>
  desk.call<Trial>("/api/staff/knowledge/try", { method: "POST", body: { question } });
