/** Which colour a state of a record is shown in. */
import type { Tone } from "@/components/ui/Badge";

const TONES: Record<string, Tone> = {
  delivered: "good",
  paid: "good",
  resolved: "good",
  shipped: "spark",
  in_transit: "spark",
  out_for_delivery: "spark",
  processing: "spark",
  in_progress: "spark",
  pending: "warn",
  open: "warn",
  awaiting_return: "warn",
  waiting_for_the_goods_to_come_back: "warn",
  being_processed: "spark",
  waiting_for_customer: "warn",
  return_requested: "warn",
  exchange_requested: "warn",
  high: "warn",
  urgent: "bad",
  exception: "bad",
  rejected: "bad",
};

/** A state's name as the catalogue and the colours know it, whether it comes as a code or in words. */
export const stateName = (state: string): string => state.trim().toLowerCase().replaceAll(" ", "_");

export function toneOf(state: string): Tone {
  const name = stateName(state);
  const family = name.split("_(")[0] ?? name; // "pending (items changed)"
  return TONES[name] ?? TONES[family] ?? "neutral";
}
