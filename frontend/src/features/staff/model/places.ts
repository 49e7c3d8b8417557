/** The screens of the desk: where they are, who sees them, which keys lead there. */
import type { StaffKey } from "@/messages/staff";
import type { StaffRole } from "./person";

export interface Place {
  name: "inbox" | "knowledge" | "numbers" | "enquiries" | "outbox" | "settings" | "audit";
  href: string;
  label: StaffKey;
  role: StaffRole;
  keys: string;
}

export const PLACES: readonly Place[] = [
  { name: "inbox", href: "/staff/", label: "desk.nav.inbox", role: "support", keys: "g i" },
  { name: "knowledge", href: "/staff/knowledge/", label: "desk.nav.knowledge", role: "support", keys: "g k" },
  { name: "numbers", href: "/staff/numbers/", label: "desk.nav.numbers", role: "supervisor", keys: "g n" },
  { name: "enquiries", href: "/staff/enquiries/", label: "desk.nav.enquiries", role: "support", keys: "g e" },
  { name: "outbox", href: "/staff/outbox/", label: "desk.nav.outbox", role: "support", keys: "g o" },
  { name: "settings", href: "/staff/settings/", label: "desk.nav.settings", role: "support", keys: "g s" },
  { name: "audit", href: "/staff/audit/", label: "desk.nav.audit", role: "admin", keys: "g a" },
];
