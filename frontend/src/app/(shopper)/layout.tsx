/** Every page of a shopper stands on the conversation; the desk does without. */
import type { ReactNode } from "react";
import { ChatProvider } from "@/features/chat/hooks/ChatProvider";

export default function ShopperLayout({ children }: { children: ReactNode }) {
  return <ChatProvider>{children}</ChatProvider>;
}
