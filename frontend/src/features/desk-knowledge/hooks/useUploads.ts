/** Files on their way into the knowledge, each with how far it is. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { problemText } from "@/components/ui/Feedback";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { refresh } from "@/features/staff/hooks/useDeskData";
import { useWords } from "@/messages";
import { DOCUMENTS, type Uploaded, uploadDocument } from "../api/documents";

export interface Sending {
  id: number;
  name: string;
  /** 0 to 1; at 1 the server is reading the file. */
  share: number;
  done?: Uploaded;
  error?: string;
}

export function useUploads() {
  const desk = useDesk();
  const words = useWords();
  const cache = useQueryClient();
  const [files, setFiles] = useState<Sending[]>([]);
  const sent = useRef(0);
  const update = (id: number, news: Partial<Sending>) =>
    setFiles((former) => former.map((file) => (file.id === id ? { ...file, ...news } : file)));

  const send = async (chosen: Iterable<File>) => {
    for (const file of chosen) {
      const id = ++sent.current;
      setFiles((former) => [...former, { id, name: file.name, share: 0 }]);
      try {
        update(id, { done: await uploadDocument(desk, file, (share) => update(id, { share })), share: 1 });
        await refresh(cache, [DOCUMENTS]);
      } catch (error) {
        update(id, { error: problemText(error, words) });
      }
    }
  };
  return { files, send, clear: () => setFiles([]) };
}
