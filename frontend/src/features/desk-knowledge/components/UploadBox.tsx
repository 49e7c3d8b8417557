/** Takes files, by button or dropped, and shows how far each is. */
"use client";

import clsx from "clsx";
import { FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { useStaffWords } from "@/messages/staff";
import { type Sending, useUploads } from "../hooks/useUploads";

const ACCEPTED = ".pdf,.md,.txt,.html,.htm,.csv,.tsv";

function Progress({ file }: { file: Sending }) {
  const { t, plural } = useStaffWords();
  const state =
    file.error ?? (file.done ? plural("desk.upload.done", file.done.passages) : t("desk.upload.reading"));
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 truncate font-medium">{file.name}</span>
        <span className={clsx(file.error ? "text-bad" : file.done ? "text-good" : "text-ink-3")}>
          {file.share < 1 && !file.error ? `${Math.round(file.share * 100)} %` : state}
        </span>
      </div>
      {!file.done && !file.error && (
        <progress
          value={file.share < 1 ? file.share : undefined}
          aria-label={t("desk.upload.progress", { name: file.name })}
          className="mt-1 h-1.5 w-full accent-(--brand)"
        />
      )}
    </li>
  );
}

export function UploadBox() {
  const { t } = useStaffWords();
  const id = useId();
  const { files, send } = useUploads();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send([...event.dataTransfer.files]);
  };
  return (
    <div className="mb-5">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={clsx(
          "flex cursor-pointer flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-control border border-dashed px-4 py-4 text-center focus-within:outline-2 focus-within:outline-focus",
          over ? "border-brand bg-brand-soft" : "border-line-strong hover:bg-sunken",
        )}
      >
        <FileUp size={18} aria-hidden className="text-ink-3" />
        <span>
          <span className="font-medium text-link">{t("desk.upload.choose")}</span> {t("desk.upload.drop")}
        </span>
        <span className="text-xs text-ink-3">{t("desk.upload.kinds")}</span>
        <input
          id={id}
          type="file"
          multiple
          accept={ACCEPTED}
          className="sr-only"
          onChange={({ target }) => {
            void send([...(target.files ?? [])]);
            target.value = "";
          }}
        />
      </label>
      {files.length > 0 && (
        <ul aria-live="polite" className="mt-2 divide-y divide-line">
          {files.map((file) => (
            <Progress key={file.id} file={file} />
          ))}
        </ul>
      )}
    </div>
  );
}
