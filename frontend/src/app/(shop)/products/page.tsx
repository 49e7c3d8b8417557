import type { Metadata } from "next";
import { Suspense } from "react";
import { CataloguePage } from "@/features/catalogue/components/CataloguePage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["products.title"] };

export default function Page() {
  return (
    <Suspense>
      <CataloguePage />
    </Suspense>
  );
}
