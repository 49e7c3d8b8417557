/** Ends the conversation: asks how it went, and starts an empty one. */
"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useWords } from "@/messages";
import { useChat } from "../hooks/ChatProvider";
import { rememberPast } from "../model/past";
import { Satisfaction } from "./Satisfaction";

export function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { state, actions } = useChat();
  const start = () => {
    rememberPast(state);
    actions.clear();
    onClose();
  };
  return (
    <Dialog title={t("chat.new")} onClose={onClose}>
      <div className="space-y-5">
        {state.sessionId && <Satisfaction session={state.sessionId} />}
        <p className="text-ink-2">{t("chat.new.text")}</p>
        <Button className="w-full" onClick={start}>
          {t("chat.new.start")}
        </Button>
      </div>
    </Dialog>
  );
}
