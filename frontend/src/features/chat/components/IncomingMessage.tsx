/** The answer while it arrives: first what is being done, then its words. */
import { WifiOff } from "lucide-react";
import { useWords } from "@/messages";
import type { Incoming } from "../model/conversation";
import { AssistantMessage } from "./AssistantMessage";

/** What the shopper reads while something is done; in other languages than the server's by the step's name. */
export function useProgress(incoming: Incoming | null): string {
  const { t, label, locale } = useWords();
  const progress = incoming?.progress;
  if (incoming?.lost) return t("chat.lost");
  if (!progress) return t("chat.thinking");
  return locale === "en" ? progress.label : label("chat.progress", progress.step);
}

function Progress({ label, lost }: { label: string; lost?: boolean }) {
  return (
    // A screen reader hears it as the status of the conversation.
    <p aria-hidden className="flex items-center gap-2.5 text-ink-2">
      {lost ? (
        <WifiOff size={16} aria-hidden />
      ) : (
        <span aria-hidden className="flex gap-1">
          <span className="size-1.5 animate-breathe rounded-full bg-focus" />
          <span className="size-1.5 animate-breathe rounded-full bg-focus [animation-delay:0.2s]" />
          <span className="size-1.5 animate-breathe rounded-full bg-focus [animation-delay:0.4s]" />
        </span>
      )}
      {label}
    </p>
  );
}

export function IncomingMessage({ incoming }: { incoming: Incoming | null }) {
  const label = useProgress(incoming);
  if (incoming === null || (incoming.text === "" && incoming.reply === null))
    return <Progress label={label} lost={incoming?.lost} />;
  return (
    <>
      <AssistantMessage text={incoming.text || (incoming.reply?.response ?? "")} reply={incoming.reply} />
      {incoming.lost && <Progress label={label} lost />}
    </>
  );
}
