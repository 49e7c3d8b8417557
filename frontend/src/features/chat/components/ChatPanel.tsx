/** The whole chat: messages that follow the newest word, and the place to write. */
"use client";

import { ArrowDown } from "lucide-react";
import { StickToBottom, useStickToBottomContext } from "use-stick-to-bottom";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { lastReply } from "../model/conversation";
import { Composer } from "./Composer";
import { HandoffBanner } from "./HandoffBanner";
import { MessageList } from "./MessageList";
import { Welcome } from "./Welcome";

function JumpToLatest() {
  const { t } = useWords();
  const { isAtBottom, scrollToBottom } = useStickToBottomContext();
  if (isAtBottom) return null;
  return (
    <button
      type="button"
      aria-label={t("chat.latest")}
      onClick={() => scrollToBottom()}
      className="absolute start-1/2 bottom-3 flex size-9 -translate-x-1/2 items-center justify-center rounded-full border border-line bg-surface shadow-float rtl:translate-x-1/2"
    >
      <ArrowDown size={16} aria-hidden />
    </button>
  );
}

export function ChatPanel({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useWords();
  const { state } = useChat();
  const empty = state.entries.length === 0;
  const handoff = lastReply(state)?.handoff;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {handoff && <HandoffBanner handoff={handoff} />}
      <StickToBottom className="relative min-h-0 flex-1" resize="instant" initial="instant">
        <StickToBottom.Content
          scrollClassName="[scrollbar-width:thin]"
          className="mx-auto flex min-h-full w-full max-w-(--chat-width) flex-col gap-6 px-4 py-5"
        >
          {empty ? <Welcome /> : <MessageList />}
        </StickToBottom.Content>
        <JumpToLatest />
      </StickToBottom>
      <div className="mx-auto w-full max-w-(--chat-width) px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Composer autoFocus={autoFocus} />
        <p className="pt-2 text-center text-xs text-ink-3">{t("chat.note")}</p>
      </div>
    </div>
  );
}
