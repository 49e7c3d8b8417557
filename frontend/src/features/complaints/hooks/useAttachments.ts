/** The files of one complaint, and sending another with its progress. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAssistant } from "@/assistant/context";
import { type Attachment, attach, listAttachments } from "../api/complaints";
import { type Refusal, refusalOf } from "../model/files";

interface Attachments {
  files: Attachment[];
  /** 0 to 1 while a file is on its way, else null. */
  sent: number | null;
  refusal: Refusal | null;
  error: unknown;
  add: (files: Iterable<File>) => Promise<void>;
}

export function useAttachments(id: string): Attachments {
  const { sessionId } = useAssistant();
  const client = useQueryClient();
  const queryKey = ["attachments", id, sessionId];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => listAttachments(id, sessionId, signal),
    retry: false,
  });
  const [sent, setSent] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const files = data?.results ?? [];

  const add = async (chosen: Iterable<File>) => {
    setError(null);
    let kept = files.length;
    try {
      for (const file of chosen) {
        const refused = refusalOf(file, kept);
        setRefusal(refused);
        if (refused) return;
        setSent(0);
        await attach(id, sessionId, file, setSent);
        kept += 1;
      }
    } catch (reason) {
      setError(reason);
    } finally {
      setSent(null);
      await client.invalidateQueries({ queryKey });
    }
  };
  return { files, sent, refusal, error, add };
}
