/** Holds the conversation above the pages, so that it goes on while the shopper moves between them. */
"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { type Assistant, AssistantProvider } from "@/assistant/context";
import { type Conversation, isBusy } from "../model/conversation";
import { type ChatActions, useConversation } from "./useConversation";
import type { HostContext } from "./useWelcome";

interface Chat {
  state: Conversation;
  actions: ChatActions;
  host: HostContext;
  setHost: (context: HostContext) => void;
}

const ChatContext = createContext<Chat | null>(null);

export function ChatProvider({ children }: { children: ReactNode }) {
  const { state, actions } = useConversation();
  const [host, setHost] = useState<HostContext>({});
  const { ask, identify } = actions;
  const busy = isBusy(state);
  const { sessionId } = state;
  const chat = useMemo<Chat>(() => ({ state, actions, host, setHost }), [state, actions, host]);
  const assistant = useMemo<Assistant>(
    () => ({ ask, identify, busy, sessionId }),
    [ask, identify, busy, sessionId],
  );
  return (
    <ChatContext.Provider value={chat}>
      <AssistantProvider value={assistant}>{children}</AssistantProvider>
    </ChatContext.Provider>
  );
}

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error("useChat needs a ChatProvider above it");
  return chat;
}
