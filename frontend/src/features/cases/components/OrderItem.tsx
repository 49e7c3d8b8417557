/** An order at the side of a case: folded to one line, with its goods, its parcels and what staff can do to it. */
"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { State } from "@/features/staff/components/State";
import { useStaffWords } from "@/messages/staff";
import type { CustomerFile } from "../api/cases";
import { actionsFor } from "../model/actions";
import { ActionDialog } from "./ActionDialog";

interface OrderItemProps {
  order: CustomerFile["orders"][number];
  customer: CustomerFile["customer"];
}

export function OrderItem({ order, customer }: OrderItemProps) {
  const { t, money, day, label } = useStaffWords();
  const [tool, setTool] = useState<string | null>(null);
  const tools = actionsFor(order.status);
  return (
    <li className="rounded-small border border-line">
      <details className="group/order">
        <summary className="flex list-none flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
          <ChevronRight size={13} aria-hidden className="transition-transform group-open/order:rotate-90" />
          <span className="tabular font-medium">{order.id}</span>
          <State state={order.status}>{label("order.status", order.status)}</State>
          <span className="tabular ms-auto">{money(order.total_cents, order.currency)}</span>
        </summary>
        <div className="space-y-2 border-t border-line px-3 py-2">
          {order.placed_at && (
            <p className="text-xs text-ink-3">{t("order.placed", { date: day(order.placed_at) })}</p>
          )}
          <ul className="space-y-1">
            {order.lines.map((line) => (
              <li key={line.id} className="flex justify-between gap-3">
                <span className="min-w-0">
                  {line.quantity} × {line.name}
                  <span className="block text-xs text-ink-3">{Object.values(line.options).join(" · ")}</span>
                </span>
                <span className="tabular">
                  {money(line.unit_price_cents * line.quantity, order.currency)}
                </span>
              </li>
            ))}
          </ul>
          {order.deliveries.map((delivery) => (
            <p key={delivery.tracking_number ?? delivery.status} className="text-ink-2">
              {[
                delivery.carrier,
                delivery.tracking_number,
                label("delivery.step", delivery.status),
                delivery.eta && t("delivery.expected", { date: day(delivery.eta) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          ))}
        </div>
      </details>
      {tools.length > 0 && (
        <p className="flex flex-wrap gap-x-1 border-t border-line px-1.5 py-1">
          {tools.map((name) => (
            <Button key={name} look="quiet" small onClick={() => setTool(name)}>
              {label("desk.tool", name)}
            </Button>
          ))}
        </p>
      )}
      {tool && <ActionDialog tool={tool} order={order} customer={customer} onClose={() => setTool(null)} />}
    </li>
  );
}
