/** What every page stands on: words and the conversation. */
"use client";

import type { ReactNode } from "react";
import { ChatProvider } from "@/features/chat/hooks/ChatProvider";
import { WordsProvider } from "@/messages";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <WordsProvider>
      <ChatProvider>{children}</ChatProvider>
    </WordsProvider>
  );
}
