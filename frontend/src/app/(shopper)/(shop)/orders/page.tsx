import type { Metadata } from "next";
import { Suspense } from "react";
import { OrdersPage } from "@/features/orders/components/OrdersPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["orders.title"] };

export default function Page() {
  return (
    <Suspense>
      <OrdersPage />
    </Suspense>
  );
}
