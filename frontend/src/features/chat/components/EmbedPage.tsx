/** The chat inside a frame of another site, opened by widget.js. */
"use client";

import { X } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { type HostMessage, useHostPage } from "../hooks/useHostPage";
import { lastReply } from "../model/conversation";
import { ChatHeader } from "./ChatHeader";
import { ChatPanel } from "./ChatPanel";

export function EmbedPage() {
  const { t } = useWords();
  const { state, actions } = useChat();
  const { ask } = actions;
  const frame = useRef<HTMLElement>(null);
  const onMessage = useCallback(
    (message: HostMessage) => {
      if (message.type === "support:ask" && typeof message.text === "string" && message.text.trim())
        ask(message.text);
      if (message.type === "support:open") frame.current?.querySelector("textarea")?.focus();
    },
    [ask],
  );
  const tell = useHostPage(onMessage);

  const reply = lastReply(state);
  useEffect(() => {
    if (reply)
      tell({ type: "support:message", detail: { message_id: reply.message_id, intent: reply.intent } });
  }, [reply, tell]);

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
