/** A small button that copies a text, and says so. */
"use client";

import clsx from "clsx";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copy } from "@/clipboard";
import { useWords } from "@/messages";
import { IconButton } from "./Button";

export function CopyButton({ text, className }: { text: string; className?: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const Sign = copied ? Check : Copy;
  return (
    <IconButton
      label={t(copied ? "common.copied" : "common.copy")}
      className={clsx("size-8!", className)}
      onClick={() => void copy(text).then(() => setCopied(true))}
    >
      <Sign size={15} aria-hidden />
    </IconButton>
  );
}
