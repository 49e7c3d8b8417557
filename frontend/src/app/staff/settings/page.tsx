import type { Metadata } from "next";
import { SettingsPage } from "@/features/desk-settings/components/SettingsPage";
import { staff } from "@/messages/staff/en";

export const metadata: Metadata = { title: staff["desk.nav.settings"] };

export default function Page() {
  return <SettingsPage />;
}
