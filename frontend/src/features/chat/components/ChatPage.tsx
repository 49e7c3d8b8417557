/** The chat on a page of its own. `?ask=` sends a first question. */
"use client";

import { useSearchParams } from "next/navigation";
import { Suspense, useEffect, useRef } from "react";
import { changeAddress } from "@/address";
import { useAssistant } from "@/assistant/context";
import { useChat } from "../hooks/ChatProvider";
import { useUnread } from "../hooks/useUnread";
import { ChatHeader } from "./ChatHeader";
import { ChatPanel } from "./ChatPanel";

/** Draws nothing. Apart from the page, so that the page itself is there before its address was read. */
function FirstQuestion() {
  const question = useSearchParams().get("ask");
  const { ask } = useAssistant();
  const sent = useRef(false);
  useEffect(() => {
    if (!question || sent.current) return;
    sent.current = true;
    changeAddress({ ask: null }); // so that a reload does not ask again
    ask(question);
  }, [question, ask]);
  return null;
}

export function ChatPage() {
  useUnread(useChat().state, true);
  return (
    <main id="content" className="flex h-[calc(100dvh-var(--header-height)-1px)] flex-col">
      <Suspense>
        <FirstQuestion />
      </Suspense>
      <ChatHeader heading="h1" />
      <ChatPanel autoFocus />
    </main>
  );
}
