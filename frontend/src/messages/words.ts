/** One language: texts with their names filled in, plural forms, and the formats that go with it. */
import { type Format, formatsOf } from "./format";

type Texts = Readonly<Record<string, string>>;
type Stem<Key> = Key extends `${infer Name}.other` ? Name : never;
type Values = Record<string, string | number>;

export interface Words<Key extends string> extends Format {
  locale: string;
  /** The text with its {names} filled in. */
  t: (key: Key, values?: Values) => string;
  /** The form for a count, which also fills {count}. */
  plural: (key: Stem<Key>, count: number) => string;
  /** The text for a value the server sent ("order.status", "shipped"), else the value made readable. */
  label: (prefix: string, value: string) => string;
}

function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function readable(value: string): string {
  const words = value.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function wordsOf<T extends Texts>(locale: string, texts: T): Words<keyof T & string> {
  let rules: Intl.PluralRules | undefined;
  const form = (count: number) => {
    rules ??= new Intl.PluralRules(locale);
    return rules.select(count);
  };
  const text = (key: string): string => texts[key] ?? key;
  return {
    locale,
    ...formatsOf(locale),
    t: (key, values) => fill(text(key), values),
    plural: (key, count) => fill(texts[`${key}.${form(count)}`] ?? text(`${key}.other`), { count }),
    label: (prefix, value) =>
      texts[`${prefix}.${value.toLowerCase().replaceAll(" ", "_")}`] ?? readable(value),
  };
}
