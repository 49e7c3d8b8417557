/** Pictures and papers of a complaint: what is there, and adding more. */
"use client";

import { FileText, ImageIcon, Paperclip } from "lucide-react";
import { type DragEvent, useId } from "react";
import { useAssistant } from "@/assistant/context";
import { ProblemNotice } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { type Attachment, saveAttachment } from "../api/complaints";
import { useAttachments } from "../hooks/useAttachments";
import { ACCEPTED, MOST_BYTES, MOST_FILES } from "../model/files";

function FileRow({ file }: { file: Attachment }) {
  const { t } = useWords();
  const { sessionId } = useAssistant();
  const Icon = file.media_type.startsWith("image/") ? ImageIcon : FileText;
  return (
    <li>
      <button
        type="button"
        onClick={() => void saveAttachment(file, sessionId)}
        className="flex w-full items-center gap-3 rounded-control border border-line bg-surface px-3.5 py-2.5 text-start hover:bg-sunken"
      >
        <Icon size={18} aria-hidden className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1 truncate">{file.name}</span>
        <span className="tabular text-sm text-ink-3">
          {t("files.size", { kilobytes: Math.max(1, Math.round(file.size / 1000)) })}
        </span>
      </button>
    </li>
  );
}

export function Attachments({ complaintId }: { complaintId: string }) {
  const { t } = useWords();
  const id = useId();
  const { files, sent, refusal, error, add } = useAttachments(complaintId);
  const megabytes = MOST_BYTES / 1_000_000;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void add(event.dataTransfer.files);
  };
  return (
    <section className="mt-6" aria-label={t("files.title")}>
      <h2 className="text-lg">{t("files.title")}</h2>
      {files.length > 0 && (
        <ul className="mt-3 space-y-2">
          {files.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      )}
      {files.length < MOST_FILES && (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input is the first
        <div
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          className="mt-3 rounded-card border border-dashed border-line-strong p-5 text-center focus-within:outline-2 focus-within:outline-focus"
        >
          <input
            id={id}
            type="file"
            multiple
            accept={ACCEPTED.join(",")}
            disabled={sent !== null}
            onChange={(event) => {
              void add([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
            className="sr-only"
          />
          <label htmlFor={id} className="inline-flex cursor-pointer items-center gap-2 font-medium text-link">
            <Paperclip size={17} aria-hidden />
            {t("files.add")}
          </label>
          <p className="mt-1 text-sm text-ink-3">{t("files.rules", { count: MOST_FILES, megabytes })}</p>
          {sent !== null && (
            <progress
              aria-label={t("files.sending")}
              value={sent}
              max={1}
              className="mt-3 h-1.5 w-full accent-focus"
            />
          )}
        </div>
      )}
      {refusal && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {t(`files.refused.${refusal}`, { count: MOST_FILES, megabytes })}
        </p>
      )}
      {error !== null && (
        <div className="mt-2">
          <ProblemNotice error={error} />
        </div>
      )}
    </section>
  );
}
