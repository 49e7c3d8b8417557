/** The whole chat: messages, and the place to write. */
"use client";

import { ArrowDown } from "lucide-react";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { SCROLLER, useFollow } from "../hooks/useFollow";
import { type Entry, isBusy } from "../model/conversation";
import { Composer } from "./Composer";
import { HandoffBanner } from "./HandoffBanner";
import { MessageList } from "./MessageList";
import { Welcome } from "./Welcome";

function JumpToLatest({ onJump }: { onJump: () => void }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      aria-label={t("chat.latest")}
      title={t("chat.latest")}
      onClick={onJump}
      className="absolute start-1/2 bottom-3 flex size-9 -translate-x-1/2 items-center justify-center rounded-full border border-line bg-surface shadow-float rtl:translate-x-1/2"
    >
      <ArrowDown size={16} aria-hidden />
    </button>
  );
}

function Messages() {
  const { state } = useChat();
  const count = (role: Entry["role"]) => state.entries.filter((entry) => entry.role === role).length;
  const { scroller, content, atBottom, toBottom } = useFollow({
    questions: count("shopper"),
    heard: count("staff"),
    busy: isBusy(state),
  });
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        {...{ [SCROLLER]: "" }}
        className="h-full overflow-y-auto overscroll-contain [scrollbar-width:thin]"
      >
        <div
          ref={content}
          className="mx-auto flex min-h-full w-full max-w-(--chat-width) flex-col gap-6 px-4.5 py-5 short:gap-4 short:py-3"
        >
          {state.entries.length === 0 ? <Welcome /> : <MessageList />}
        </div>
      </div>
      {!atBottom && <JumpToLatest onJump={toBottom} />}
    </div>
  );
}

export function ChatPanel({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useWords();
  const { state } = useChat();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {state.handoff && <HandoffBanner handoff={state.handoff} />}
      <Messages />
      <div className="mx-auto w-full max-w-(--chat-width) px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] short:pb-2">
        <Composer autoFocus={autoFocus} />
        <p className="pt-2 text-center text-xs text-balance text-ink-3 short:hidden">{t("chat.note")}</p>
      </div>
    </div>
  );
}
