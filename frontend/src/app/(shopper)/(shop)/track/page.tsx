import type { Metadata } from "next";
import { Suspense } from "react";
import { TrackPage } from "@/features/orders/components/TrackPage";
import { en } from "@/messages/shop/en";

export const metadata: Metadata = { title: en["track.title"] };

export default function Page() {
  return (
    <Suspense>
      <TrackPage />
    </Suspense>
  );
}
