/** The sign of each screen of the desk. */
import { BookOpen, ChartColumn, Inbox, Mail, Send, Settings2, ShieldCheck } from "lucide-react";
import type { Place } from "../model/places";

const ICONS = {
  inbox: Inbox,
  knowledge: BookOpen,
  numbers: ChartColumn,
  enquiries: Mail,
  outbox: Send,
  settings: Settings2,
  audit: ShieldCheck,
};

export function PlaceIcon({ name }: { name: Place["name"] }) {
  const Icon = ICONS[name];
  return <Icon size={17} aria-hidden className="shrink-0" />;
}
