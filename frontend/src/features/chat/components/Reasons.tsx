/** Why an answer did not help: reasons to tick, and a few words where they do not fit. */
"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { TextArea } from "@/components/ui/Field";
import { useWords } from "@/messages";

const REASONS = ["wrong", "incomplete", "unclear", "not_my_question", "too_slow"] as const;

export function Reasons({ onSend }: { onSend: (reasons: string[], comment?: string) => void }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  // Under the last answer it would open where nobody sees it.
  useEffect(() => {
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const toggle = (reason: string) =>
    setChosen(chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const comment = String(new FormData(event.currentTarget).get("comment")).trim();
    onSend(chosen, comment || undefined);
  };
  return (
    <form
      ref={form}
      onSubmit={submit}
      className="mt-1 scroll-mb-4 animate-rise space-y-3 rounded-card bg-sunken p-4"
    >
      <fieldset>
        <legend className="mb-2 text-sm font-medium">{t("feedback.why")}</legend>
        <div className="flex flex-wrap gap-1.5">
          {REASONS.map((reason) => (
            <Button
              key={reason}
              look="chip"
              aria-pressed={chosen.includes(reason)}
              onClick={() => toggle(reason)}
              className="aria-pressed:border-brand! aria-pressed:bg-brand! aria-pressed:text-on-brand!"
            >
              {t(`feedback.reason.${reason}`)}
            </Button>
          ))}
        </div>
      </fieldset>
      <TextArea name="comment" label={t("feedback.comment")} rows={2} maxLength={2000} />
      <Button type="submit" look="secondary">
        {t("feedback.send")}
      </Button>
    </form>
  );
}
