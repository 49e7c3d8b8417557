/** One case with the messages that were loaded so far. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { type CaseFile, type CaseMessage, casePath, earlierMessages } from "../api/cases";
import { merged, threadOf } from "../model/thread";

const REFRESH_MS = 30_000; // the events tell sooner; this is for the day they do not

export function useCase(id: string) {
  const desk = useDesk();
  const query = useDeskData<CaseFile>(casePath(id), {}, REFRESH_MS);
  const [messages, setMessages] = useState<CaseMessage[]>([]);
  const [atStart, setAtStart] = useState(false);
  const latest = query.data?.messages;
  useEffect(() => {
    if (latest) setMessages((known) => merged(known, latest));
  }, [latest]);
  const earlier = useMutation({
    mutationFn: () => earlierMessages(desk, id, messages[0]?.id ?? ""),
    onSuccess: (page) => {
      setMessages((known) => merged(page.messages, known));
      setAtStart(!page.earlier);
    },
  });
  const notes = query.data?.notes;
  const thread = useMemo(() => threadOf(messages, notes ?? []), [messages, notes]);
  return { query, thread, earlier, hasEarlier: Boolean(query.data?.earlier) && !atStart };
}
