/** Where a pending order shall go instead. */
"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useWords } from "@/messages";

const PARTS = [
  { name: "line1", complete: "address-line1", required: true },
  { name: "line2", complete: "address-line2", required: false },
  { name: "city", complete: "address-level2", required: true },
  { name: "state", complete: "address-level1", required: false },
  { name: "zip", complete: "postal-code", required: true },
  { name: "country", complete: "country-name", required: true },
] as const;

interface AddressFormProps {
  busy: boolean;
  onSend: (address: Record<string, string>) => void;
}

export function AddressForm({ busy, onSend }: AddressFormProps) {
  const { t } = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = PARTS.map(({ name }) => [name, String(data.get(name) ?? "").trim()] as const);
    onSend(Object.fromEntries(given.filter(([, text]) => text)));
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      {PARTS.map(({ name, complete, required }) => (
        <Field
          key={name}
          name={name}
          label={t(`address.${name}`)}
          autoComplete={complete}
          required={required}
        />
      ))}
      <Button type="submit" disabled={busy} className="justify-self-start">
        {t("address.submit")}
      </Button>
    </form>
  );
}
