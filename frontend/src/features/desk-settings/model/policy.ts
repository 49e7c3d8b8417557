/** The rules of the shop as they were filled in. */
import type { Policy } from "../api/settings";
import type { Filled } from "../components/Form";

/** Categories stand in one line with commas between. */
const words = (line: string): string[] =>
  line
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

const rowsOf = (filled: Filled, prefix: string, count: number): number[] =>
  Array.from({ length: count }, (_, n) => n).filter((n) => filled.text(`${prefix}.${n}.categories`));

export function policyOf(filled: Filled, former: Policy, exclusions: number, fees: number): Partial<Policy> {
  return {
    shop_name: filled.text("shop_name"),
    contact_email: filled.text("contact_email"),
    return_window_days: filled.count("return_window_days"),
    refund_business_days: [
      filled.count("refund_from") ?? former.refund_business_days[0],
      filled.count("refund_to") ?? former.refund_business_days[1],
    ],
    cancel_reasons: filled.lines("cancel_reasons"),
    return_reasons: filled.lines("return_reasons"),
    exclusions: rowsOf(filled, "exclusion", exclusions).map((n) => ({
      categories: words(filled.text(`exclusion.${n}.categories`)),
      reason: filled.text(`exclusion.${n}.reason`),
      when_opened: filled.ticked(`exclusion.${n}.when_opened`),
      unless_defective: filled.ticked(`exclusion.${n}.unless_defective`),
    })),
    restocking_fees: rowsOf(filled, "fee", fees).map((n) => ({
      categories: words(filled.text(`fee.${n}.categories`)),
      basis_points: Math.round((filled.count(`fee.${n}.percent`) ?? 0) * 100),
      when_opened: filled.ticked(`fee.${n}.when_opened`),
      unless_defective: filled.ticked(`fee.${n}.unless_defective`),
    })),
  };
}
