import type { Metadata } from "next";
import { OutboxPage } from "@/features/staff/components/OutboxPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.outbox"] };

export default function Page() {
  return <OutboxPage />;
}
