import type { Metadata } from "next";
import type { ReactNode } from "react";
import { StaffEntrance } from "@/features/staff/components/StaffEntrance";
import { EnglishOnly } from "@/messages";
import { staff } from "@/messages/staff/en";
import { ServerData } from "../server-data";

export const metadata: Metadata = { title: staff["staff.title"], robots: { index: false } };

export default function StaffLayout({ children }: { children: ReactNode }) {
  return (
    <EnglishOnly>
      <ServerData>
        <StaffEntrance>{children}</StaffEntrance>
      </ServerData>
    </EnglishOnly>
  );
}
