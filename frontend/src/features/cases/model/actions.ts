/** What staff can do to a customer's order, and what each needs to know. The server decides; this only asks. */
import type { Schema } from "@/api/types";
import type { CustomerFile } from "../api/cases";

type Order = CustomerFile["orders"][number];
type Customer = CustomerFile["customer"];
type Policy = Schema<"ShopPolicy">;

export interface ActionField {
  name: string;
  /** "lines" ticks lines of the order, "swaps" gives lines another option of their product; "flag" is yes or no. */
  input: "text" | "long" | "choice" | "lines" | "swaps" | "flag";
  required: boolean;
  value?: string;
  choices?: readonly (readonly [value: string, text: string])[];
}

const text = (name: string, value = "", required = true): ActionField => ({
  name,
  input: "text",
  required,
  value,
});

const choice = (name: string, words: readonly string[]): ActionField => ({
  name,
  input: "choice",
  required: true,
  choices: words.map((word) => [word, word] as const),
});

const METHOD_NAMES = { credit_card: "card", paypal: "PayPal", gift_card: "gift card" } as const;
const methodName = ({ kind, brand, last_four }: Customer["payment_methods"][number]): string =>
  [brand ?? METHOD_NAMES[kind], last_four].filter(Boolean).join(" … ");

interface ActionPlan {
  /** States of an order in which it may succeed. */
  when: (status: string) => boolean;
  fields: (order: Order, customer: Customer, policy: Policy) => ActionField[];
  /** The tool's arguments, from what was filled in. */
  arguments: (order: Order, filled: FormData) => Record<string, unknown>;
}

const isPending = (status: string): boolean => status.startsWith("pending");
const isDelivered = (status: string): boolean => status.startsWith("delivered");
const given = (filled: FormData, name: string): string => String(filled.get(name) ?? "").trim();

/** The field that holds what takes the place of a line. */
export const swapField = (lineId: string): string => `swap ${lineId}`;

const SWAP_FIELDS: ActionPlan["fields"] = (_order, { payment_methods }) => [
  { name: "items", input: "swaps", required: true },
  {
    name: "difference",
    input: "choice",
    required: false,
    choices: payment_methods.map((method) => [method.id, methodName(method)] as const),
  },
];

const swapArguments: ActionPlan["arguments"] = (order, filled) => ({
  order_id: order.id,
  items: order.lines
    .map(({ id }) => ({ line_id: id, variant_id: given(filled, swapField(id)) }))
    .filter(({ variant_id }) => variant_id),
  method_id: given(filled, "difference") || undefined,
});

const ADDRESS = ["line1", "line2", "city", "state", "zip", "country"] as const;
const OPTIONAL: readonly string[] = ["line2", "state"];

export const ACTIONS: Record<string, ActionPlan> = {
  cancel_order: {
    when: isPending,
    fields: (_order, _customer, { cancel_reasons }) => [choice("reason", cancel_reasons)],
    arguments: (order, filled) => ({ order_id: order.id, reason: given(filled, "reason") }),
  },
  change_address: {
    when: isPending,
    fields: (_, { address }) =>
      ADDRESS.map((name) => text(name, address?.[name] ?? "", !OPTIONAL.includes(name))),
    arguments: (order, filled) => ({
      order_id: order.id,
      address: Object.fromEntries(ADDRESS.map((name) => [name, given(filled, name)])),
    }),
  },
  change_payment_method: {
    when: isPending,
    fields: (_, { payment_methods }) => [
      {
        name: "method_id",
        input: "choice",
        required: true,
        choices: payment_methods.map((method) => [method.id, methodName(method)] as const),
      },
    ],
    arguments: (order, filled) => ({ order_id: order.id, method_id: given(filled, "method_id") }),
  },
  change_items: { when: isPending, fields: SWAP_FIELDS, arguments: swapArguments },
  exchange_items: { when: isDelivered, fields: SWAP_FIELDS, arguments: swapArguments },
  return_items: {
    when: isDelivered,
    fields: (order, _customer, { return_reasons }) => [
      {
        name: "lines",
        input: "lines",
        required: true,
        choices: order.lines.map(({ id, name }) => [id, name] as const),
      },
      choice("reason", return_reasons),
      { name: "opened", input: "flag", required: false },
      { name: "defective", input: "flag", required: false },
    ],
    arguments: (order, filled) => ({
      order_id: order.id,
      lines: filled.getAll("lines").map((line_id) => ({ line_id })),
      reason: given(filled, "reason"),
      opened: filled.has("opened"),
      defective: filled.has("defective"),
    }),
  },
  file_complaint: {
    when: () => true,
    fields: () => [{ name: "description", input: "long", required: true }],
    arguments: (order, filled) => ({ order_id: order.id, description: given(filled, "description") }),
  },
};

export const actionsFor = (status: string): string[] =>
  Object.keys(ACTIONS).filter((name) => ACTIONS[name]?.when(status));
