import { expect, test } from "vitest";
import { wordsOf } from "@/messages";

const words = wordsOf("en");

test("names in a text are filled in, unknown ones stay visible", () => {
  expect(words.t("order.title", { id: "ORD-1" })).toBe("Order ORD-1");
  expect(words.t("order.title")).toBe("Order {id}");
});

test("a count picks its form", () => {
  expect(words.plural("products.count", 1)).toBe("1 product");
  expect(words.plural("products.count", 0)).toBe("0 products");
});

test("a state the catalogue does not know is still readable", () => {
  expect(words.label("order.status", "lost_at_sea")).toBe("Lost at sea");
});

test("a shop without cents in its money is written right", () => {
  expect(words.money(129_999, "USD")).toBe("$1,299.99");
});
