/** Who the case is about, and everything the shop has of them. */
"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/Link";
import { Facts } from "@/components/ui/Panel";
import { State } from "@/features/staff/components/State";
import { useStaffWords } from "@/messages/staff";
import type { CustomerFile } from "../api/cases";
import { ComplaintItem } from "./ComplaintItem";
import { OrderItem } from "./OrderItem";
import { RefundItems } from "./RefundItems";

function Group({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <details open={count > 0} className="group border-t border-line">
      <summary className="flex list-none items-center gap-2 px-4 py-2.5 font-semibold hover:bg-sunken">
        <ChevronRight size={14} aria-hidden className="transition-transform group-open:rotate-90" />
        {title}
        <span className="tabular ms-auto text-xs font-medium text-ink-3">{count}</span>
      </summary>
      {count > 0 && <ul className="space-y-2 px-4 pb-4">{children}</ul>}
    </details>
  );
}

function CustomerFacts({ customer }: { customer: CustomerFile["customer"] }) {
  const { t } = useStaffWords();
  const { address } = customer;
  const facts: [string, string | null][] = [
    [t("desk.enquiry.email"), customer.email],
    [t("desk.enquiry.phone"), customer.phone],
    [
      t("desk.customer.city"),
      address && [address.city, address.state, address.country].filter(Boolean).join(", "),
    ],
  ];
  return (
    <section className="p-4">
      <h2 className="mb-2 text-base tracking-normal">{customer.name}</h2>
      <Facts facts={facts.filter((fact): fact is [string, string] => Boolean(fact[1]))} />
    </section>
  );
}

interface SidePanelProps {
  file: CustomerFile | null;
  /** The complaint or conversation that is on the screen already. */
  here: string;
  className?: string;
}

export function SidePanel({ file, here, className }: SidePanelProps) {
  const { t, ago, label } = useStaffWords();
  return (
    <aside aria-label={t("desk.customer")} className={clsx("overflow-y-auto bg-surface", className)}>
      {file === null ? (
        <p className="p-4 text-ink-2">{t("desk.customer.unknown")}</p>
      ) : (
        <>
          <CustomerFacts customer={file.customer} />
          <Group title={t("desk.customer.orders")} count={file.orders.length}>
            {file.orders.map((order) => (
              <OrderItem key={order.id} order={order} customer={file.customer} />
            ))}
          </Group>
          <Group title={t("desk.customer.complaints")} count={file.complaints.length}>
            {file.complaints.map((complaint) => (
              <ComplaintItem key={complaint.id} complaint={complaint} current={complaint.id === here} />
            ))}
          </Group>
          <Group
            title={t("desk.customer.refunds")}
            count={file.refunds.length + file.returns.length + file.exchanges.length}
          >
            <RefundItems {...file} />
          </Group>
          <Group title={t("desk.customer.conversations")} count={file.conversations.length}>
            {file.conversations.map((conversation) => (
              <li key={conversation.id}>
                <Link
                  href={`/staff/case/?conversation=${encodeURIComponent(conversation.id)}`}
                  aria-current={conversation.id === here ? "page" : undefined}
                  className="flex items-center gap-2 rounded-small py-1 hover:underline aria-[current]:font-semibold"
                >
                  <span className="min-w-0 flex-1 truncate">{conversation.title || conversation.id}</span>
                  <State state={conversation.status}>{label("desk.status", conversation.status)}</State>
                  <span className="tabular text-xs text-ink-3">{ago(conversation.updated_at)}</span>
                </Link>
              </li>
            ))}
          </Group>
        </>
      )}
    </aside>
  );
}
