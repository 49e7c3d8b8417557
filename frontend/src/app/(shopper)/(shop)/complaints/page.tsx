import type { Metadata } from "next";
import { Suspense } from "react";
import { ComplaintsPage } from "@/features/complaints/components/ComplaintsPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["complaints.title"] };

export default function Page() {
  return (
    <Suspense>
      <ComplaintsPage />
    </Suspense>
  );
}
