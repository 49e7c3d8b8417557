import { expect, test } from "vitest";
import type { PendingAction } from "@/api/types";
import { withoutPending } from "@/features/chat/model/pendingText";

const action = {
  summary: "I will cancel order ORD-5.",
  lines: [
    ["Order", "ORD-5"],
    ["Money back", "$10.00 to *Visa*"],
  ],
} as unknown as PendingAction;

test("what the box repeats is taken out, everything else stays", () => {
  const text =
    "We have 2 laptops.\n\nI will cancel order ORD-5.\n\n- Order: ORD-5\n- Money back: $10.00 to *Visa*\n\nShall I go ahead?";
  expect(withoutPending(text, action)).toBe("We have 2 laptops.\n\nShall I go ahead?");
});

test("an answer in other words is left alone", () => {
  expect(withoutPending("May I cancel it?\n- Order: ORD-6", action)).toBe("May I cancel it?\n- Order: ORD-6");
  expect(withoutPending("Hello", null)).toBe("Hello");
});
