/** What the shopper wrote; the last question can be written anew. */
"use client";

import clsx from "clsx";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/messages";

/** What is longer, in letters or lines, is folded, so that its answer stands in view. */
const LONG = { letters: 700, lines: 12 };

export function ShopperMessage({ text, onEdit }: { text: string; onEdit?: () => void }) {
  const { t } = useWords();
  const [whole, setWhole] = useState(text.length <= LONG.letters && text.split("\n").length <= LONG.lines);
  return (
    <div data-question className="flex animate-rise items-center justify-end gap-1 ps-10">
      {onEdit && (
        <IconButton label={t("chat.edit")} onClick={onEdit} className="size-8! text-ink-3!">
          <Pencil size={14} aria-hidden />
        </IconButton>
      )}
      <p className="min-w-0 rounded-[20px_20px_6px_20px] bg-bubble px-4 py-2.5 break-words whitespace-pre-wrap text-on-bubble">
        <span className="sr-only">{t("chat.you")}: </span>
        <bdi className={clsx(!whole && "line-clamp-8")}>{text || t("chat.pressed")}</bdi>
        {!whole && (
          <button
            type="button"
            onClick={() => setWhole(true)}
            className="mt-1.5 text-sm font-medium underline underline-offset-3"
          >
            {t("common.more")}
          </button>
        )}
      </p>
    </div>
  );
}
