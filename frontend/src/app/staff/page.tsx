import type { Metadata } from "next";
import { InboxPage } from "@/features/inbox/components/InboxPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.inbox"] };

export default function Page() {
  return <InboxPage />;
}
