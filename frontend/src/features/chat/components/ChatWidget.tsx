/** The chat as a window over a shop page. Its contents load when it is first opened. */
"use client";

import { Maximize2, X } from "lucide-react";
import dynamic from "next/dynamic";
import { type MouseEvent, useEffect, useRef } from "react";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { AssistantMark } from "./AssistantMark";
import { ChatHeader } from "./ChatHeader";

const ChatPanel = dynamic(() => import("./ChatPanel").then((module) => module.ChatPanel), { ssr: false });

const ICON_LINK =
  "inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink";

/** On a narrow screen the window covers the page, so a link that leads to one has to make way for it. */
function leadsBehind(event: MouseEvent): boolean {
  const link = (event.target as Element).closest("a");
  return link?.target !== "_blank" && link !== null && window.matchMedia("(width < 40rem)").matches;
}

function ChatWindow({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <section
      role="dialog"
      aria-label={t("chat.title")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      onClick={(event) => leadsBehind(event) && onClose()}
      className="fixed inset-0 z-50 flex animate-rise flex-col overflow-hidden bg-paper shadow-float sm:inset-auto sm:end-5 sm:bottom-5 sm:h-[min(46rem,calc(100dvh-2.5rem))] sm:w-[26.5rem] sm:rounded-card"
    >
      <ChatHeader>
        <Link href="/chat/" className={ICON_LINK} aria-label={t("chat.full")} title={t("chat.full")}>
          <Maximize2 size={17} aria-hidden />
        </Link>
        <button
          type="button"
          className={ICON_LINK}
          onClick={onClose}
          aria-label={t("chat.close")}
          title={t("chat.close")}
        >
          <X size={19} aria-hidden />
        </button>
      </ChatHeader>
      <ChatPanel autoFocus />
    </section>
  );
}

interface ChatWidgetProps {
  open: boolean;
  /** How many messages came since the window was closed. */
  unread: number;
  onOpenChange: (open: boolean) => void;
}

export function ChatWidget({ open, unread, onOpenChange }: ChatWidgetProps) {
  const { t, plural } = useWords();
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !open) launcher.current?.focus({ preventScroll: true });
    wasOpen.current = open;
  }, [open]);

  if (open) return <ChatWindow onClose={() => onOpenChange(false)} />;
  return (
    <button
      ref={launcher}
      type="button"
      onClick={() => onOpenChange(true)}
      className="group fixed end-5 bottom-5 z-40 flex h-14 items-center gap-2.5 rounded-full bg-brand py-2 ps-2.5 pe-5 font-semibold text-on-brand shadow-float transition-transform hover:-translate-y-0.5"
    >
      <AssistantMark className="size-9.5 rounded-full! bg-mark! text-on-mark!" />
      {t("chat.launcher")}
      <span className="sr-only">{t("chat.open")}</span>
      <span aria-live="polite">
        {unread > 0 && (
          <span className="tabular absolute -end-1 -top-1 flex h-6 min-w-6 animate-rise items-center justify-center rounded-full bg-bad px-1.5 text-xs text-surface">
            <span aria-hidden>{unread}</span>
            <span className="sr-only">{plural("chat.unread", unread)}</span>
          </span>
        )}
      </span>
    </button>
  );
}
