import type { ReactNode } from "react";
import { Footer } from "@/components/shell/Footer";
import { Header } from "@/components/shell/Header";
import { CompareTray } from "@/features/catalogue/components/CompareTray";
import { ComparedProvider } from "@/features/catalogue/hooks/Compared";
import { ShopAssistant } from "@/features/chat/components/ShopAssistant";
import { ServerData } from "../../server-data";

export default function ShopLayout({ children }: { children: ReactNode }) {
  return (
    <ServerData>
      <ComparedProvider>
        <ShopAssistant>
          <Header />
          <main id="content" className="min-h-[calc(100dvh-var(--header-height))]">
            {children}
          </main>
          <Footer />
          <CompareTray />
        </ShopAssistant>
      </ComparedProvider>
    </ServerData>
  );
}
