import type { Metadata } from "next";
import { Suspense } from "react";
import { CataloguePage } from "@/features/catalogue/components/CataloguePage";
import { CatalogueSkeleton } from "@/features/catalogue/components/CatalogueSkeleton";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["products.title"] };

export default function Page() {
  return (
    <Suspense fallback={<CatalogueSkeleton />}>
      <CataloguePage />
    </Suspense>
  );
}
