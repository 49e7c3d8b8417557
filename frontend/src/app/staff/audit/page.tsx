import type { Metadata } from "next";
import { AuditPage } from "@/features/staff/components/AuditPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.audit"] };

export default function Page() {
  return <AuditPage />;
}
