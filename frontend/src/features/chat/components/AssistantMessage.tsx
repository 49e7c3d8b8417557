/** One answer with everything that came with it. */
"use client";

import { lazy, Suspense, useCallback, useState } from "react";
import type { Reply } from "@/api/types";
import { useWords } from "@/messages";
import { withoutPending } from "../model/pendingText";
import { Answer } from "./Answer";
import { PendingActionBox } from "./PendingActionBox";
import { fetchCards } from "./parts";
import { SourceDialog } from "./SourceDialog";
import { SourceList } from "./SourceList";

const Cards = lazy(fetchCards);

interface AssistantMessageProps {
  text: string;
  reply: Reply | null;
  stopped?: boolean;
  /** True for the newest answer: its form, choices and question are still open. */
  current?: boolean;
  /** How the shopper decided on its action, where a later message did. */
  outcome?: boolean | null;
}

const NO_SOURCES: Reply["sources"] = [];

/** What a missing engine means for the reader. */
function Degraded({ reply }: { reply: Reply }) {
  const { t } = useWords();
  const keys = reply.degraded.map(({ engine, limited }) => {
    if (engine !== "llm") return "chat.degraded";
    return limited ? "chat.degraded.budget" : "chat.degraded.model";
  });
  return [...new Set(keys)].map((key) => (
    <p key={key} className="text-xs text-ink-3">
      {t(key)}
    </p>
  ));
}

export function AssistantMessage({ text, reply, stopped, current = false, outcome }: AssistantMessageProps) {
  const { t } = useWords();
  const [shown, setShown] = useState<number | null>(null);
  const openSource = useCallback((number: number) => setShown(number), []);
  const sources = reply?.sources ?? NO_SOURCES;
  const words = withoutPending(text, reply?.pending_action);
  const source = shown === null ? undefined : sources[shown - 1];
  return (
    <article className="space-y-3" aria-label={t("chat.assistant")}>
      {words && <Answer text={words} sources={sources} onSource={openSource} />}
      {stopped && <p className="text-sm text-ink-3">{t("chat.stopped")}</p>}
      {sources.length > 0 && <SourceList sources={sources} onSource={openSource} />}
      {reply && reply.cards.length > 0 && (
        <Suspense>
          <Cards cards={reply.cards} active={current} />
        </Suspense>
      )}
      {reply?.pending_action && (
        <PendingActionBox action={reply.pending_action} outcome={current ? undefined : (outcome ?? null)} />
      )}
      {reply && <Degraded reply={reply} />}
      {source && shown !== null && (
        <SourceDialog source={source} number={shown} onClose={() => setShown(null)} />
      )}
    </article>
  );
}
