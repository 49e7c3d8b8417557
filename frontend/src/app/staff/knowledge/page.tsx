import type { Metadata } from "next";
import { DeskKnowledgePage } from "@/features/desk-knowledge/components/DeskKnowledgePage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.knowledge"] };

export default function Page() {
  return <DeskKnowledgePage />;
}
