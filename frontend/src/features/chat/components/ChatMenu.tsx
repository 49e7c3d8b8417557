/** What can be done beside writing: earlier conversations, a copy as text, language and theme. */
"use client";

import { Download, History, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { LanguageChoice, ThemeChoice } from "@/components/shell/Preferences";
import { problemText } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { saveTranscript } from "../api/history";
import { useChat } from "../hooks/ChatProvider";

interface ItemProps {
  Icon: LucideIcon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function Item({ Icon, label, disabled, onClick }: ItemProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className="flex h-10 w-full items-center gap-2.5 rounded-small px-2.5 text-start text-sm enabled:hover:bg-sunken disabled:text-ink-3"
    >
      <Icon size={16} aria-hidden className="text-ink-3" />
      {label}
    </button>
  );
}

export function ChatMenu({ onClose, onHistory }: { onClose: () => void; onHistory: () => void }) {
  const words = useWords();
  const { t } = words;
  const { state } = useChat();
  const [failure, setFailure] = useState<unknown>(null);
  const { sessionId } = state;
  const download = () => {
    if (sessionId) saveTranscript(sessionId).then(onClose, setFailure);
  };
  const history = () => {
    onClose();
    onHistory();
  };
  return (
    <>
      <Item Icon={History} label={t("chat.history")} onClick={history} />
      <Item
        Icon={Download}
        label={t("chat.transcript")}
        disabled={!sessionId || state.entries.length === 0}
        onClick={download}
      />
      {failure !== null && (
        <p role="alert" className="px-2.5 py-1 text-sm text-bad">
          {problemText(failure, words)}
        </p>
      )}
      <div className="mt-1.5 space-y-1.5 border-t border-line px-2.5 pt-2.5 pb-1.5">
        <LanguageChoice />
        <ThemeChoice />
      </div>
    </>
  );
}
