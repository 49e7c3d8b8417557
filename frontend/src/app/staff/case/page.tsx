import type { Metadata } from "next";
import { CasePage } from "@/features/cases/components/CasePage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.keys.case"] };

export default function Page() {
  return <CasePage />;
}
