/** What every page stands on: words, server data, the conversation. */
"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApiError } from "@/api/problem";
import { ChatProvider } from "@/features/chat/hooks/ChatProvider";
import { WordsProvider } from "@/messages";

/** What the server refused stays refused; a lost connection is tried once more. */
const retry = (failures: number, error: Error): boolean =>
  failures < 1 && !(error instanceof ApiError && error.kind === "problem" && error.status < 500);

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry, staleTime: 30_000 } } }),
  );
  return (
    <WordsProvider locale="en">
      <QueryClientProvider client={client}>
        <ChatProvider>{children}</ChatProvider>
      </QueryClientProvider>
    </WordsProvider>
  );
}
