/** One order in a list: its number, what it was, how it stands. */
"use client";

import { ChevronRight } from "lucide-react";
import type { OrderCard } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { useWords } from "@/messages";
import { toneOf } from "./tones";

interface OrderRowProps {
  order: Pick<OrderCard, "id" | "status" | "placed_at" | "total_cents" | "currency" | "lines">;
  disabled?: boolean;
  onOpen: (id: string) => void;
}

export function OrderRow({ order, disabled, onOpen }: OrderRowProps) {
  const { plural, money, day, label } = useWords();
  const { id, status, placed_at, lines, total_cents, currency } = order;
  const about = [
    placed_at && day(placed_at),
    plural("orders.card.items", lines.length),
    money(total_cents, currency),
  ];
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        onClick={() => onOpen(id)}
        className="flex w-full items-center gap-3 px-4 py-3 text-start transition-colors enabled:hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="tabular block font-medium">{id}</span>
          <span className="text-sm text-ink-3">{about.filter(Boolean).join(" · ")}</span>
        </span>
        <Badge tone={toneOf(status)}>{label("order.status", status)}</Badge>
        <ChevronRight size={16} aria-hidden className="text-ink-3 rtl:rotate-180" />
      </button>
    </li>
  );
}
