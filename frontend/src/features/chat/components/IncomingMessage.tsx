/** The answer while it arrives: first what is being done, then its words. */

import { useWords } from "@/messages";
import type { Incoming } from "../model/conversation";
import { AssistantMessage } from "./AssistantMessage";

function Progress({ label }: { label: string }) {
  return (
    <p className="flex items-center gap-2.5 text-ink-2">
      <span aria-hidden className="flex gap-1">
        <span className="size-1.5 animate-breathe rounded-full bg-focus" />
        <span className="size-1.5 animate-breathe rounded-full bg-focus [animation-delay:0.2s]" />
        <span className="size-1.5 animate-breathe rounded-full bg-focus [animation-delay:0.4s]" />
      </span>
      {label}
    </p>
  );
}

export function IncomingMessage({ incoming }: { incoming: Incoming }) {
  const { t } = useWords();
  if (incoming.text === "" && incoming.reply === null)
    return <Progress label={incoming.progress ?? t("chat.thinking")} />;
  return <AssistantMessage text={incoming.text || (incoming.reply?.response ?? "")} reply={incoming.reply} />;
}
