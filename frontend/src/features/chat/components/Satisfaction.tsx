/** Asks how the conversation went, once it is over: one of five, and a few words for who likes to add them. */
"use client";

import { Angry, Annoyed, Frown, Laugh, Smile } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { TextArea } from "@/components/ui/Field";
import { useWords } from "@/messages";
import { sendSatisfaction } from "../api/feedback";

const SCORES = [
  { score: 1, Icon: Angry },
  { score: 2, Icon: Frown },
  { score: 3, Icon: Annoyed },
  { score: 4, Icon: Smile },
  { score: 5, Icon: Laugh },
] as const;

export function Satisfaction({ session, onDone }: { session: string; onDone?: () => void }) {
  const { t } = useWords();
  const [score, setScore] = useState(0);
  const [sent, setSent] = useState(false);
  const send = (chosen: number, comment?: string) => {
    setScore(chosen);
    sendSatisfaction(session, chosen, comment).catch(() => undefined); // an opinion is not worth an alarm
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = String(new FormData(event.currentTarget).get("comment")).trim();
    if (comment) send(score, comment);
    setSent(true);
    onDone?.();
  };
  if (sent)
    return (
      <p role="status" className="py-2 text-center text-sm text-ink-2">
        {t("satisfaction.thanks")}
      </p>
    );
  return (
    <form onSubmit={submit} className="animate-rise rounded-card bg-sunken p-4">
      <fieldset>
        <legend className="mx-auto mb-3 text-center font-medium">{t("satisfaction.title")}</legend>
        <div className="flex justify-center gap-1">
          {SCORES.map(({ score: value, Icon }) => (
            <button
              key={value}
              type="button"
              aria-pressed={score === value}
              aria-label={t(`satisfaction.${value}`)}
              title={t(`satisfaction.${value}`)}
              onClick={() => send(value)}
              className="flex size-12 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-surface hover:text-ink aria-pressed:bg-brand aria-pressed:text-on-brand"
            >
              <Icon size={26} strokeWidth={1.6} aria-hidden />
            </button>
          ))}
        </div>
      </fieldset>
      {score > 0 && (
        <div className="mt-3 space-y-3">
          <TextArea name="comment" label={t("feedback.comment")} rows={2} maxLength={2000} />
          <Button type="submit" look="secondary" className="w-full">
            {t("satisfaction.done")}
          </Button>
        </div>
      )}
    </form>
  );
}
