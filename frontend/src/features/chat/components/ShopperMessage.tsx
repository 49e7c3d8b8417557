/** What the shopper wrote; the last question can be written anew. */
"use client";

import { Pencil } from "lucide-react";
import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/messages";

export function ShopperMessage({ text, onEdit }: { text: string; onEdit?: () => void }) {
  const { t } = useWords();
  return (
    <div data-question className="flex animate-rise items-center justify-end gap-1 ps-10">
      {onEdit && (
        <IconButton label={t("chat.edit")} onClick={onEdit} className="size-8! text-ink-3!">
          <Pencil size={14} aria-hidden />
        </IconButton>
      )}
      <p className="min-w-0 rounded-[20px_20px_6px_20px] bg-bubble px-4 py-2.5 break-words whitespace-pre-wrap text-on-bubble">
        <span className="sr-only">{t("chat.you")}: </span>
        <bdi>{text}</bdi>
      </p>
    </div>
  );
}
