import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Card, ComparisonCard, DeliveryInfo, OrderCard } from "@/api/types";
import { AssistantProvider } from "@/assistant/context";
import { CardView } from "@/components/cards/CardView";
import { product } from "./people";

function show(card: Card, active = true) {
  const ask = vi.fn();
  const assistant = { ask, busy: false, sessionId: null, identify: vi.fn() };
  render(
    <AssistantProvider value={assistant}>
      <CardView card={card} active={active} />
    </AssistantProvider>,
  );
  return ask;
}

const delivery = (more: Partial<DeliveryInfo> = {}): DeliveryInfo => ({
  order_id: "ORD-1",
  carrier: "Parcelway",
  tracking_number: "PW1",
  status: "in transit",
  eta: "2027-03-04",
  delivered_at: null,
  events: [
    {
      at: "2027-03-01T08:00:00Z",
      status: "label created",
      location: "",
      description: "Label created at the shop",
    },
    {
      at: "2027-03-02T08:00:00Z",
      status: "in transit",
      location: "Denver",
      description: "Left the sorting centre",
    },
  ],
  ...more,
});

const order = (more: Partial<OrderCard> = {}): OrderCard => ({
  type: "order",
  id: "ORD-1",
  status: "shipped",
  placed_at: null,
  currency: "USD",
  total_cents: 109_998,
  lines: [
    {
      id: "1",
      product_id: "",
      variant_id: "",
      name: "Fern Phone",
      options: { color: "blue" },
      quantity: 1,
      unit_price_cents: 89_999,
    },
    {
      id: "2",
      product_id: "",
      variant_id: "",
      name: "Fern Buds",
      options: {},
      quantity: 2,
      unit_price_cents: 10_000,
    },
  ],
  deliveries: [delivery()],
  ...more,
});

test("products: each leads to its page, with its price and how many there are", () => {
  show({
    type: "products",
    title: "Laptops",
    items: [product(), product({ id: "P-2", name: "Moss Laptop" })],
    total: 9,
    page: 1,
    filter: null,
  });
  expect(screen.getByRole("link", { name: /Fern Laptop/ }).getAttribute("href")).toMatch(
    /^\/products\/?\?id=P-1$/,
  );
  expect(screen.getAllByText("$1,299.99")).toHaveLength(2);
  expect(screen.getByText("2 of 9")).toBeTruthy();
});

test("product: unknown stock and rating are left out, not shown as none", () => {
  show({ type: "product", product: product(), description: "", specs: [["Memory", "16 GB"]] });
  expect(screen.queryByText(/stock/i)).toBeNull();
  expect(screen.queryByText(/Rated/)).toBeNull();
  expect(screen.getByText("16 GB")).toBeTruthy();
});

const comparison: ComparisonCard = {
  type: "comparison",
  products: [product(), product({ id: "P-2", name: "Moss Laptop" })],
  rows: [
    { name: "memory_gb", label: "Memory", values: ["16 GB", "32 GB"], differs: true, best: 1 },
    { name: "usb", label: "USB-C", values: ["Yes", "Yes"], differs: false, best: null },
    { name: "weight", label: "Weight", values: ["1 kg", null], differs: true, best: null },
  ],
};

test("comparison: differences are marked, the best is named in its own column, a gap says so", () => {
  show(comparison);
  const memory = screen.getByRole("row", { name: /Memory/ });
  expect(memory.dataset.differs).toBe("true");
  const [first, second] = within(memory).getAllByRole("cell");
  expect(first?.textContent).toBe("16 GB");
  expect(second?.textContent).toBe("32 GB best");
  expect(screen.getByRole("row", { name: /USB-C/ }).dataset.differs).toBe("false");
  expect(screen.getByText("Not stated")).toBeTruthy();
});

test("comparison: rows that are alike can be hidden", () => {
  show(comparison);
  fireEvent.click(screen.getByLabelText("Differences only"));
  expect(screen.queryByText("USB-C")).toBeNull();
  expect(screen.getByText("Memory")).toBeTruthy();
});

test("compatibility: fitting things by category with their reason", () => {
  show({
    type: "compatibility",
    product: product(),
    groups: { Hubs: [{ product: product({ id: "P-3", name: "Fern Hub" }), reason: "Both speak USB-C" }] },
    other: null,
    fit: null,
    reasons: [],
  });
  expect(screen.getByText("Hubs")).toBeTruthy();
  expect(screen.getByText("Both speak USB-C")).toBeTruthy();
});

test.each([
  ["yes", "They work together"],
  ["no", "They do not work together"],
  ["unknown", "The shop does not know whether they work together"],
] as const)("compatibility: the verdict %s is said with its reason", (fit, words) => {
  show({
    type: "compatibility",
    product: product(),
    groups: {},
    other: product({ id: "P-4", name: "Moss Dock" }),
    fit,
    reasons: ["Because."],
  });
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByText("Because.")).toBeTruthy();
});

test("order: lines with options and quantity, total, and the way of the parcel", () => {
  show(order());
  expect(screen.getByText("blue")).toBeTruthy();
  expect(screen.getByText("Quantity 2")).toBeTruthy();
  expect(screen.getByText("$200.00")).toBeTruthy();
  expect(screen.getByText("$1,099.98")).toBeTruthy();
  expect(screen.getByText("In transit").closest("li")?.getAttribute("aria-current")).toBe("step");
});

test("delivery: newest event first; a parcel with a problem leaves the track", () => {
  show({ type: "delivery", delivery: delivery({ status: "exception" }) });
  const events = within(screen.getByRole("list", { name: "Tracking events" })).getAllByRole("listitem");
  expect(events[0]?.textContent).toContain("Left the sorting centre");
  expect(screen.getByText("Delivery problem")).toBeTruthy();
  expect(screen.queryByText("Out for delivery")).toBeNull();
});

test("delivery: a day is that day in every time zone", () => {
  show({ type: "delivery", delivery: delivery() });
  expect(screen.getByText(/^Expected Thu, Mar 4\b/)).toBeTruthy();
});

test("orders: picking one asks for it", () => {
  const ask = show({ type: "orders", orders: [order({ status: "pending (items changed)" })] });
  expect(screen.getByText("Pending (items changed)")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /ORD-1/ }));
  expect(ask).toHaveBeenCalledWith("Show me order ORD-1");
});

test("refund: amount, state, where to and when", () => {
  show({
    type: "refund",
    id: "REF-1",
    order_id: "ORD-1",
    amount_cents: 12_345,
    currency: "USD",
    status: "being processed",
    method: "Visa ending in 1111",
    expected_by: "2027-03-09",
    created_at: "2027-03-01T00:00:00Z",
  });
  expect(screen.getByText("$123.45")).toBeTruthy();
  expect(screen.getByText("Being processed")).toBeTruthy();
  expect(screen.getByText("Visa ending in 1111")).toBeTruthy();
  expect(screen.getByText(/^Tue, Mar 9\b/)).toBeTruthy();
});

test("complaint: number, state and priority in words", () => {
  show({
    type: "complaint",
    id: "CMP-1",
    order_id: "ORD-1",
    status: "waiting for customer",
    priority: "urgent",
    category: "product_quality",
    description: "Green line",
    created_at: "2027-03-01T00:00:00Z",
    first_response_due: null,
    resolution_due: null,
  });
  expect(screen.getByText("Complaint CMP-1")).toBeTruthy();
  expect(screen.getByText("Waiting for you")).toBeTruthy();
  expect(screen.getByText("Product quality")).toBeTruthy();
});

const form: Card = {
  type: "form",
  id: "f",
  title: "Who are you?",
  fields: [
    { name: "order", label: "Order number", input: "text", placeholder: "" },
    { name: "email", label: "E-mail", input: "email", placeholder: "" },
  ],
  submit_label: "Check",
};

test("form: the values in order become the next message", () => {
  const ask = show(form);
  fireEvent.change(screen.getByLabelText("Order number"), { target: { value: " ORD-1 " } });
  fireEvent.change(screen.getByLabelText("E-mail"), { target: { value: "kim@example.com" } });
  fireEvent.click(screen.getByRole("button", { name: "Check" }));
  expect(ask).toHaveBeenCalledWith("ORD-1 kim@example.com");
});

test("choices: the picked one is sent", () => {
  const ask = show({
    type: "choices",
    title: "Which?",
    choices: [{ label: "Fern", message: "price of Fern" }],
  });
  fireEvent.click(screen.getByRole("button", { name: "Fern" }));
  expect(ask).toHaveBeenCalledWith("price of Fern");
});

test("forms and choices of earlier replies are gone", () => {
  show(form, false);
  expect(screen.queryByRole("button")).toBeNull();
});

test("a card this page does not know breaks nothing", () => {
  show({ type: "hologram" } as unknown as Card);
  expect(document.body.textContent).toBe("");
});
