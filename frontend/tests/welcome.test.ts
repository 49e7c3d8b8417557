import { expect, test } from "vitest";
import type { Shop } from "@/api/shop";
import { starts } from "@/features/chat/hooks/useWelcome";

const first = (categories: string[]) => starts({ categories } as Shop)[0];

test("a shop without questions of its own begins with what it sells", () => {
  expect(first(["Teapots", "Cups", "Trays"])).toEqual(["chat.start.category", { name: "Teapots" }]);
  expect(first([])).toEqual(["chat.start.goods"]);
  expect(starts(null).map(([key]) => key)).toEqual(["chat.start.order", "chat.start.policy"]);
});
