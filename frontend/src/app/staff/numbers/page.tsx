import type { Metadata } from "next";
import { NumbersPage } from "@/features/numbers/components/NumbersPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.numbers"] };

export default function Page() {
  return <NumbersPage />;
}
