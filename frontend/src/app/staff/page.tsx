import type { Metadata } from "next";
import { Suspense } from "react";
import { StaffPage } from "@/features/staff/components/StaffPage";
import { en } from "@/messages/en";
import { ServerData } from "../server-data";

export const metadata: Metadata = { title: en["staff.title"], robots: { index: false } };

export default function Page() {
  return (
    <ServerData>
      <Suspense>
        <StaffPage />
      </Suspense>
    </ServerData>
  );
}
