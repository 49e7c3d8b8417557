import type { Metadata } from "next";
import { Header } from "@/components/shell/Header";
import { ChatPage } from "@/features/chat/components/ChatPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["nav.chat"] };

export default function Page() {
  return (
    <>
      <Header />
      <ChatPage />
    </>
  );
}
