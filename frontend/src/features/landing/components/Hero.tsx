/** The first thing a visitor sees: what the shop is, and a place to ask. */
"use client";

import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { useDemo } from "@/components/shell/useDemo";
import { Button } from "@/components/ui/Button";
import { useWelcome } from "@/features/chat/hooks/useWelcome";
import { useWords } from "@/messages";
import { HeroScene } from "./HeroScene";

const QUESTIONS = ["landing.try.laptops", "landing.try.battery", "landing.try.order"] as const;

/** What can be asked at once: of the goods of the shop that the pages were made with, else what any shop is asked. */
function Questions({ demo }: { demo: boolean }) {
  const { t } = useWords();
  const { suggestions } = useWelcome();
  const { ask, busy } = useAssistant();
  const say = useSay();
  const shown = demo ? QUESTIONS.map((key) => ({ label: t(key), message: say(key) })) : suggestions;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      {shown.map(({ label, message }) => (
        <Button key={label} look="chip" disabled={busy} onClick={() => ask(message)}>
          {label}
        </Button>
      ))}
    </div>
  );
}

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
  const demo = useDemo();
  return (
    <section className="page grid items-center gap-12 pt-12 pb-20 sm:pt-20 lg:grid-cols-[1.2fr_1fr] lg:gap-14">
      <div className="min-w-0">
        <h1 className="break-words text-[clamp(2.5rem,5.4vw,4.1rem)] leading-[1.02] [&:lang(hi)]:leading-[1.3] [&:lang(hi)]:tracking-normal font-[680] tracking-[-0.045em]">
          {t(demo ? "landing.title" : "chat.welcome")}
        </h1>
        <p className="mt-6 max-w-[48ch] text-lg text-ink-2">
          {t(demo ? "landing.lead" : "chat.welcome.text")}
        </p>
        <div className="mt-9 max-w-xl">
          <AskBar />
          <Questions demo={demo} />
        </div>
      </div>
      <HeroScene />
    </section>
  );
}
