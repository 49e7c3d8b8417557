import type { Metadata } from "next";
import { SignInPage } from "@/features/orders/components/SignInPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["signin.title"] };

export default function Page() {
  return <SignInPage />;
}
