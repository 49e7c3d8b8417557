import type { Metadata } from "next";
import { Suspense } from "react";
import { DocumentPage } from "@/features/knowledge/components/DocumentPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["knowledge.title"] };

export default function Page() {
  return (
    <Suspense>
      <DocumentPage />
    </Suspense>
  );
}
