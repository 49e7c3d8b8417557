/** The chat's title bar with what can be done to the conversation as a whole. */
"use client";

import { Ellipsis, SquarePen } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { AssistantMark } from "./AssistantMark";

const ChatMenu = dynamic(() => import("./ChatMenu").then((module) => module.ChatMenu), { ssr: false });
const NewConversation = dynamic(() => import("./NewConversation").then((module) => module.NewConversation), {
  ssr: false,
});
const History = dynamic(() => import("./History").then((module) => module.History), { ssr: false });

interface ChatHeaderProps {
  children?: ReactNode;
  heading?: "h1" | "h2";
}

export function ChatHeader({ children, heading: Heading = "h2" }: ChatHeaderProps) {
  const { t } = useWords();
  const { state } = useChat();
  const [shown, setShown] = useState<"new" | "history" | null>(null);
  const hide = () => setShown(null);
  return (
    <header className="relative z-20 border-b border-line bg-surface">
      <div className="mx-auto flex w-full max-w-(--chat-width) items-center gap-3 py-2.5 ps-4 pe-2 short:py-0.5">
        <AssistantMark className="size-9 short:size-7" />
        <div className="min-w-0 flex-1">
          <Heading className="truncate text-[15px] tracking-normal">{t("chat.title")}</Heading>
          <p className="truncate text-xs text-ink-3 short:hidden">{t("chat.subtitle")}</p>
        </div>
        <div className="flex">
          <IconButton
            label={t("chat.new")}
            disabled={state.entries.length === 0}
            onClick={() => setShown("new")}
          >
            <SquarePen size={18} aria-hidden />
          </IconButton>
          <Disclosure label={t("chat.menu")} icon={<Ellipsis size={19} aria-hidden />}>
            {(close) => <ChatMenu onClose={close} onHistory={() => setShown("history")} />}
          </Disclosure>
          {children}
        </div>
      </div>
      {shown === "new" && <NewConversation onClose={hide} />}
      {shown === "history" && <History onClose={hide} />}
    </header>
  );
}
