/** Puts the chat window over the shop's pages: asking from a page opens it. */
"use client";

import { type ReactNode, useMemo, useState } from "react";
import { AssistantProvider, useAssistant } from "@/assistant/context";
import { ChatWidget } from "./ChatWidget";

export function ShopAssistant({ children }: { children: ReactNode }) {
  const assistant = useAssistant();
  const [open, setOpen] = useState(false);
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
      <ChatWidget open={open} onOpenChange={setOpen} />
    </AssistantProvider>
  );
}
