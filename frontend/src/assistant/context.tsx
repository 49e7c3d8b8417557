/** How any page or card speaks to the assistant, without knowing where the chat is shown. */
"use client";

import { createContext, useContext } from "react";

export interface Assistant {
  /** Sends a message as the shopper, opening the chat where it is closed. */
  ask: (text: string) => void;
  /** True while an answer is arriving: nothing can be sent. */
  busy: boolean;
  sessionId: string | null;
  /** Goes on under a session that proved who is asking. */
  identify: (sessionId: string) => void;
}

const AssistantContext = createContext<Assistant | null>(null);

export const AssistantProvider = AssistantContext.Provider;

export function useAssistant(): Assistant {
  const assistant = useContext(AssistantContext);
  if (assistant === null) throw new Error("useAssistant needs an AssistantProvider above it");
  return assistant;
}
