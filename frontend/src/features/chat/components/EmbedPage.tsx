/** The chat inside a frame of another site, opened by widget.js. */
"use client";

import { X } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { setCustomerToken } from "@/api/customer";
import type { Reply } from "@/api/types";
import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { type HostMessage, useHostPage } from "../hooks/useHostPage";
import type { HostContext } from "../hooks/useWelcome";
import { ChatHeader } from "./ChatHeader";
import { ChatPanel } from "./ChatPanel";

/** What the host page names, and nothing else it may send. */
function contextOf(values: unknown): HostContext {
  const given = (values ?? {}) as Record<string, unknown>;
  const short = (value: unknown): string | undefined =>
    typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 120) : undefined;
  return { product: short(given.product), order: short(given.order) };
}

export function EmbedPage() {
  const { t } = useWords();
  const { state, actions, setHost } = useChat();
  const { ask } = actions;
  const frame = useRef<HTMLElement>(null);
  const onMessage = useCallback(
    (message: HostMessage) => {
      if (message.type === "support:ask" && typeof message.text === "string" && message.text.trim())
        ask(message.text);
      if (message.type === "support:user" && typeof message.token === "string")
        setCustomerToken(message.token);
      if (message.type === "support:context") setHost(contextOf(message.values));
      if (message.type === "support:open") frame.current?.querySelector("textarea")?.focus();
    },
    [ask, setHost],
  );
  const tell = useHostPage(onMessage);

  const last = state.entries.at(-1);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (!last || last.role === "shopper" || last.id === told.current) return;
    told.current = last.id;
    const said = last.role === "staff" ? { message_id: last.id } : last.reply;
    if (!said) return;
    const { message_id, intent = null } = said as Partial<Reply>;
    tell({ type: "support:message", detail: { message_id, intent, from: last.role } });
  }, [last, tell]);

  const close = () => tell({ type: "support:close" });
  return (
    <main
      id="content"
      ref={frame}
      className="flex h-dvh flex-col"
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <ChatHeader heading="h1">
        <IconButton label={t("chat.close")} onClick={close}>
          <X size={19} aria-hidden />
        </IconButton>
      </ChatHeader>
      <ChatPanel />
    </main>
  );
}
