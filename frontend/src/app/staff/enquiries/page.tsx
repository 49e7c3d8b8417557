import type { Metadata } from "next";
import { EnquiriesPage } from "@/features/enquiries/components/EnquiriesPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.enquiries"] };

export default function Page() {
  return <EnquiriesPage />;
}
