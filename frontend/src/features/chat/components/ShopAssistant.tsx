/** Puts the chat window over the shop's pages: asking from a page opens it. */
"use client";

import { type ReactNode, useMemo, useState } from "react";
import { AssistantProvider, useAssistant } from "@/assistant/context";
import { useChat } from "../hooks/ChatProvider";
import { useUnread } from "../hooks/useUnread";
import { ChatWidget } from "./ChatWidget";

export function ShopAssistant({ children }: { children: ReactNode }) {
  const assistant = useAssistant();
  const [open, setOpen] = useState(false);
  const unread = useUnread(useChat().state, open);
  const opening = useMemo(
    () => ({
      ...assistant,
      ask: (text: string) => {
        setOpen(true);
        assistant.ask(text);
      },
    }),
    [assistant],
  );
  return (
    <AssistantProvider value={opening}>
      {children}
      <ChatWidget open={open} unread={unread} onOpenChange={setOpen} />
    </AssistantProvider>
  );
}
