/** The chat's title bar with what can be done to the conversation as a whole. */
"use client";

import { SquarePen } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { AssistantMark } from "./AssistantMark";

export function ChatHeader({
  children,
  heading: Heading = "h2",
}: {
  children?: ReactNode;
  heading?: "h1" | "h2";
}) {
  const { t } = useWords();
  const { state, actions } = useChat();
  const startOver = () => {
    if (window.confirm(t("chat.new.confirm"))) actions.clear();
  };
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex w-full max-w-(--chat-width) items-center gap-3 py-2.5 ps-4 pe-2">
        <AssistantMark className="size-9" />
        <div className="min-w-0 flex-1">
          <Heading className="truncate text-[15px] tracking-normal">{t("chat.title")}</Heading>
          <p className="truncate text-xs text-ink-3">{t("chat.subtitle")}</p>
        </div>
        <IconButton label={t("chat.new")} disabled={state.entries.length === 0} onClick={startOver}>
          <SquarePen size={18} aria-hidden />
        </IconButton>
        {children}
      </div>
    </header>
  );
}
