/** Signing in with a code by mail, and then the shopper's orders. */
"use client";

import { useRouter } from "next/navigation";
import { CodeForm } from "@/components/shell/CodeForm";
import { ButtonLink } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { useOrders } from "../hooks/useOrder";
import { OrderList } from "./OrderList";

export function SignInPage() {
  const { t } = useWords();
  const router = useRouter();
  const { data } = useOrders();
  const orders = data?.results ?? [];
  return (
    <div className="page max-w-2xl! pt-10">
      <h1 className="text-4xl">{t("signin.title")}</h1>
      <p className="mt-2 mb-6 text-ink-2">{t(orders.length > 0 ? "signin.done" : "signin.lead")}</p>
      {orders.length > 0 && (
        <OrderList orders={orders} onOpen={(id) => router.push(`/orders/?id=${encodeURIComponent(id)}`)} />
      )}
      {orders.length === 0 && (
        <>
          <CodeForm onProved={() => undefined} />
          <ButtonLink look="quiet" href="/orders/" className="mt-3 -ms-2.5">
            {t("orders.bynumber")}
          </ButtonLink>
        </>
      )}
    </div>
  );
}
