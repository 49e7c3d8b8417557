import type { Metadata } from "next";
import { Suspense } from "react";
import { StaffPage } from "@/features/staff/components/StaffPage";
import { EnglishOnly } from "@/messages";
import { staff } from "@/messages/staff/en";
import { ServerData } from "../server-data";

export const metadata: Metadata = { title: staff["staff.title"], robots: { index: false } };

export default function Page() {
  return (
    <EnglishOnly>
      <ServerData>
        <Suspense>
          <StaffPage />
        </Suspense>
      </ServerData>
    </EnglishOnly>
  );
}
