/** A form of the settings: its fields, and the one button that puts them into force. */
"use client";

import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { ProblemNotice } from "@/components/ui/Feedback";
import { useMay } from "@/features/staff/hooks/StaffSession";
import { useStaffWords } from "@/messages/staff";

/** What was filled in, read by name. */
export interface Filled {
  text: (name: string) => string;
  /** Null when left empty. */
  count: (name: string) => number | null;
  ticked: (name: string) => boolean;
  /** Every ticked value of that name. */
  all: (name: string) => string[];
  /** One entry for each line that is not empty. */
  lines: (name: string) => string[];
}

function filledOf(data: FormData): Filled {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  return {
    text,
    count: (name) => (text(name) === "" ? null : Number(text(name))),
    ticked: (name) => data.has(name),
    all: (name) => data.getAll(name).map(String),
    lines: (name) =>
      text(name)
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
  };
}

interface SettingsFormProps {
  busy: boolean;
  error: unknown;
  onSave: (filled: Filled) => void;
  /** What is filled in can be tried before it is saved. */
  onTry?: (filled: Filled) => void;
  children: ReactNode;
}

/** Who is no admin reads the settings and changes none. */
export function SettingsForm({ busy, error, onSave, onTry, children }: SettingsFormProps) {
  const { t } = useStaffWords();
  const may = useMay("admin");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(filledOf(new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={submit} className="max-w-3xl rounded-control border border-line bg-surface p-5">
      <fieldset disabled={!may} className="space-y-5">
        {children}
        {error != null && <ProblemNotice error={error} />}
        {may ? (
          <div className="flex flex-wrap gap-3">
            <Button type="submit" disabled={busy}>
              {t("common.save")}
            </Button>
            {onTry && (
              <Button
                look="secondary"
                onClick={({ currentTarget: { form } }) =>
                  form?.reportValidity() && onTry(filledOf(new FormData(form)))
                }
              >
                {t("desk.settings.try")}
              </Button>
            )}
          </div>
        ) : (
          <p className="text-ink-3">{t("desk.settings.admin")}</p>
        )}
      </fieldset>
    </form>
  );
}
