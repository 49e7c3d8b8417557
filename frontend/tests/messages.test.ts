import { expect, test } from "vitest";
import { figuresText } from "@/features/catalogue/model/facets";
import { directionOf, LOCALES, loadTexts } from "@/messages/locales";
import { en } from "@/messages/shop/en";
import { codes as codesInGerman, texts as deskInGerman } from "@/messages/staff/de";
import { staff } from "@/messages/staff/en";
import { codes as codesInSpanish, texts as deskInSpanish } from "@/messages/staff/es";
import { wordsOf } from "@/messages/words";

const words = wordsOf("en", en);

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

test("a day of another year tells which, one of this year does not", () => {
  expect(words.day("2019-03-05")).toBe("Tue, Mar 5, 2019");
  const year = String(new Date().getFullYear());
  expect(words.day(`${year}-03-05`)).not.toContain(year);
});

test("a unit is inflected where the language knows it, and stands behind the figure elsewhere", () => {
  expect(words.measure([1], "years")).toBe("1 year");
  expect(words.measure([2], "years")).toBe("2 years");
  expect(words.measure([0.5, 1], "kg")).toBe("0.5–1 kg");
  expect(words.measure([2560], null)).toBe("2560");
  expect(wordsOf("de", en).measure([0.5], "kg")).toBe("0,5 kg");
});

test("what is no plain figure stands as the catalogue writes it", () => {
  for (const text of ["USB-C", "007", "3840 × 2160"])
    expect(figuresText([text], null, words.measure)).toBe(text);
});

const names = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

/** A catalogue beside the English one: the same keys, and the same names to fill in. */
function expectWhole(texts: Record<string, string>, english: Record<string, string>): void {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(texts))
    expect(names(text), key).toEqual(names(english[key] ?? ""));
}

for (const locale of ["es", "de", "fr", "hi"] as const)
  test(`${LOCALES[locale]} says everything English says, with the same names to fill in`, async () => {
    expectWhole(await loadTexts(locale), en);
  });

test("so do the languages of the desk", () => {
  expectWhole(deskInSpanish, staff);
  expectWhole(deskInGerman, staff);
  expectWhole(codesInSpanish, codesInGerman);
});

test("the writing of a language has its direction", () => {
  expect(directionOf("ar-EG")).toBe("rtl");
  expect(Object.keys(LOCALES).map(directionOf)).toEqual(["ltr", "ltr", "ltr", "ltr", "ltr"]);
});
