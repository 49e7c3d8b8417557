/** Replies and cards for tests. */
import type { ProductSummary, Reply, Source } from "@/api/types";

export const product = (more: Partial<ProductSummary> = {}): ProductSummary => ({
  id: "P-1",
  name: "Fern Laptop",
  brand: "Fern",
  category: "Laptops",
  price_cents: 129_999,
  currency: "USD",
  rating: null,
  review_count: null,
  in_stock: null,
  image: null,
  highlights: [],
  ...more,
});

export const source = (more: Partial<Source> = {}): Source => ({
  id: "p-1",
  title: "Fern manual",
  section: "Battery",
  page: 7,
  url: "/knowledge/?document=fern&passage=p-1",
  excerpt: "Eleven hours on one charge.",
  score: 0.8,
  ...more,
});

export const reply = (more: Partial<Reply> = {}): Reply => ({
  session_id: "s-1",
  message_id: "m-1",
  response: "Eleven hours.",
  intent: "product_info",
  intents: ["product_info"],
  confidence: 0.9,
  sources: [],
  cards: [],
  pending_action: null,
  suggestions: [],
  degraded: [],
  handoff: null,
  superseded: false,
  ...more,
});
