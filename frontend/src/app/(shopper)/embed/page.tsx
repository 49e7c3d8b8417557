import type { Metadata } from "next";
import { EmbedPage } from "@/features/chat/components/EmbedPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["nav.chat"], robots: { index: false } };

export default function Page() {
  return <EmbedPage />;
}
