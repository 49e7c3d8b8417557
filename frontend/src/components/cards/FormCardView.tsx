/** Asks for what is missing; the values, joined by spaces, become the next message. */
"use client";

import type { FormEvent } from "react";
import type { FormCard, FormField } from "@/api/types";
import { useAssistant } from "@/assistant/context";
import { Button } from "@/components/ui/Button";
import { Field, TextArea } from "@/components/ui/Field";
import { Panel } from "@/components/ui/Panel";

function Input({ field }: { field: FormField }) {
  const { name, label, placeholder } = field;
  if (field.input === "textarea")
    return <TextArea name={name} label={label} placeholder={placeholder} required />;
  if (field.input === "code") {
    return (
      <Field
        name={name}
        label={label}
        placeholder={placeholder}
        required
        inputMode="numeric"
        autoComplete="one-time-code"
      />
    );
  }
  const autoComplete = field.input === "text" ? "off" : field.input;
  return (
    <Field
      name={name}
      label={label}
      placeholder={placeholder}
      required
      type={field.input}
      autoComplete={autoComplete}
    />
  );
}

export function FormCardView({ card }: { card: FormCard }) {
  const { ask, busy } = useAssistant();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = card.fields.map((field) => String(data.get(field.name) ?? "").trim());
    const message = values.filter(Boolean).join(" ");
    if (message) ask(message);
  };
  return (
    <Panel label={card.title}>
      <form onSubmit={submit} className="space-y-4 p-4">
        <h2 className="text-base">{card.title}</h2>
        {card.fields.map((field) => (
          <Input key={field.name} field={field} />
        ))}
        <Button type="submit" disabled={busy} className="w-full">
          {card.submit_label}
        </Button>
      </form>
    </Panel>
  );
}
