/** The first thing a visitor sees: what the shop is, and a place to ask. */
"use client";

import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { HeroScene } from "./HeroScene";

const QUESTIONS = ["landing.try.laptops", "landing.try.battery", "landing.try.order"] as const;

function AskBar() {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim() || busy) return;
    ask(text.trim());
    setText("");
  };
  return (
    <form
      onSubmit={submit}
      className="flex items-center rounded-full border border-line-strong bg-surface p-1.5 shadow-card transition-colors focus-within:border-focus"
    >
      <input
        aria-label={t("landing.ask.label")}
        placeholder={t("landing.ask.placeholder")}
        value={text}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
        className="h-12 min-w-0 flex-1 rounded-full bg-transparent px-4.5 text-base text-ellipsis outline-none placeholder:text-ink-3"
      />
      <Button type="submit" disabled={busy} className="h-12! rounded-full! px-5!">
        {t("landing.ask.send")}
        <ArrowRight size={17} aria-hidden className="rtl:rotate-180" />
      </Button>
    </form>
  );
}

export function Hero() {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  return (
    <section className="page grid items-center gap-12 pt-12 pb-20 sm:pt-20 lg:grid-cols-[1.2fr_1fr] lg:gap-14">
      <div className="min-w-0">
        <h1 className="break-words text-[clamp(2.5rem,5.4vw,4.1rem)] leading-[1.02] [&:lang(hi)]:leading-[1.3] [&:lang(hi)]:tracking-normal font-[680] tracking-[-0.045em]">
          {t("landing.title")}
        </h1>
        <p className="mt-6 max-w-[48ch] text-lg text-ink-2">{t("landing.lead")}</p>
        <div className="mt-9 max-w-xl">
          <AskBar />
          <div className="mt-4 flex flex-wrap items-center gap-2">
            {QUESTIONS.map((key) => (
              <Button key={key} look="chip" disabled={busy} onClick={() => ask(say(key))}>
                {t(key)}
              </Button>
            ))}
          </div>
        </div>
      </div>
      <HeroScene />
    </section>
  );
}
