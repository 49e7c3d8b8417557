import type { Metadata } from "next";
import type { ReactNode } from "react";
import { StaffEntrance } from "@/features/staff/components/StaffEntrance";
import { StaffWordsProvider } from "@/messages/staff";
import { staff } from "@/messages/staff/en";
import { ServerData } from "../server-data";

export const metadata: Metadata = { title: staff["staff.title"], robots: { index: false } };

export default function StaffLayout({ children }: { children: ReactNode }) {
  return (
    <StaffWordsProvider>
      <ServerData>
        <StaffEntrance>{children}</StaffEntrance>
      </ServerData>
    </StaffWordsProvider>
  );
}
