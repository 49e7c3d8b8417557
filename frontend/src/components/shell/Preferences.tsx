/** The language and the theme of the interface, chosen by the reader. */
"use client";

import clsx from "clsx";
import { Languages, type LucideIcon, SunMoon } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useLanguage, useWords } from "@/messages";
import { LOCALES, type Locale } from "@/messages/locales";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "@/theme";

interface ChoiceProps {
  label: string;
  Icon: LucideIcon;
  value: string;
  onChange: (value: string) => void;
  className?: string;
  children: ReactNode;
}

function Choice({ label, Icon, value, onChange, className, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={clsx("flex items-center gap-2.5", className)}>
      <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 min-w-0 flex-1 rounded-small border border-line-strong bg-surface px-2 text-sm"
      >
        {children}
      </select>
    </div>
  );
}

interface LanguageChoiceProps {
  className?: string;
  /** The languages of this part of the site. */
  locales?: readonly Locale[];
}

const ALL = Object.keys(LOCALES) as Locale[];

export function LanguageChoice({ className, locales = ALL }: LanguageChoiceProps) {
  const { words, choose } = useLanguage();
  return (
    <Choice
      label={words.t("language.label")}
      Icon={Languages}
      value={words.locale}
      onChange={(locale) => choose(locale as Locale)}
      className={className}
    >
      {locales.map((locale) => (
        <option key={locale} value={locale} lang={locale}>
          {LOCALES[locale]}
        </option>
      ))}
    </Choice>
  );
}

export function ThemeChoice({ className }: { className?: string }) {
  const { t } = useWords();
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme(chosenTheme()), []);
  const change = (next: string) => {
    setTheme(next as Theme);
    chooseTheme(next as Theme);
  };
  return (
    <Choice label={t("theme.label")} Icon={SunMoon} value={theme} onChange={change} className={className}>
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {t(`theme.${name}`)}
        </option>
      ))}
    </Choice>
  );
}
