/** The server's JSON, as the pages use it. Money is integer cents, times are ISO 8601 in UTC. */

export type Intent =
  | "product_info"
  | "order_status"
  | "complaint"
  | "refund"
  | "delivery"
  | "comparison"
  | "general"
  | "out_of_scope";

export interface Source {
  id: string;
  title: string;
  section: string;
  page: number | null;
  url: string | null;
  excerpt: string;
  score: number;
}

export interface ProductSummary {
  id: string;
  name: string;
  brand: string | null;
  category: string;
  price_cents: number | null;
  currency: string;
  rating: number | null;
  review_count: number | null;
  in_stock: boolean | null;
  image: string | null;
  highlights: string[];
}

export interface ProductsCard {
  type: "products";
  title: string;
  items: ProductSummary[];
  total: number;
  page: number;
}

export interface ProductCard {
  type: "product";
  product: ProductSummary;
  description: string;
  specs: [label: string, text: string][];
}

export interface ComparisonRow {
  name: string;
  label: string;
  values: (string | null)[];
  differs: boolean;
  best: number | null;
}

export interface ComparisonCard {
  type: "comparison";
  products: ProductSummary[];
  rows: ComparisonRow[];
}

export interface FitItem {
  product: ProductSummary;
  reason: string;
}

export interface CompatibilityCard {
  type: "compatibility";
  product: ProductSummary;
  groups: Record<string, FitItem[]>;
  other: ProductSummary | null;
  fit: "yes" | "no" | "unknown" | null;
  reasons: string[];
}

export interface OrderLine {
  id: string;
  name: string;
  options: Record<string, string>;
  quantity: number;
  unit_price_cents: number;
}

export interface TrackingEvent {
  at: string;
  status: string;
  location: string;
  description: string;
}

export interface DeliveryInfo {
  order_id: string;
  carrier: string | null;
  tracking_number: string | null;
  status: string;
  eta: string | null;
  delivered_at: string | null;
  events: TrackingEvent[];
}

export interface OrderCard {
  type: "order";
  id: string;
  status: string;
  placed_at: string | null;
  currency: string;
  total_cents: number;
  lines: OrderLine[];
  deliveries: DeliveryInfo[];
}

export interface OrdersCard {
  type: "orders";
  orders: OrderCard[];
}

export interface DeliveryCard {
  type: "delivery";
  delivery: DeliveryInfo;
}

export interface RefundCard {
  type: "refund";
  id: string;
  order_id: string;
  amount_cents: number;
  currency: string;
  status: string;
  method: string;
  expected_by: string | null;
  created_at: string;
}

export interface ComplaintCard {
  type: "complaint";
  id: string;
  order_id: string | null;
  status: string;
  priority: string;
  category: string;
  description: string;
  created_at: string;
  first_response_due: string | null;
  resolution_due: string | null;
}

export interface FormField {
  name: string;
  label: string;
  input: "text" | "email" | "tel" | "textarea" | "code";
  placeholder: string;
}

export interface FormCard {
  type: "form";
  id: string;
  title: string;
  fields: FormField[];
  submit_label: string;
}

export interface ChoicesCard {
  type: "choices";
  title: string;
  choices: { label: string; message: string }[];
}

export type Card =
  | ProductsCard
  | ProductCard
  | ComparisonCard
  | CompatibilityCard
  | OrderCard
  | OrdersCard
  | DeliveryCard
  | RefundCard
  | ComplaintCard
  | FormCard
  | ChoicesCard;

export interface PendingAction {
  id: string;
  tool: string;
  title: string;
  summary: string;
  lines: [label: string, text: string][];
  confirm_label: string;
  decline_label: string;
  expires_at: string;
}

export interface Degraded {
  engine: string;
  used: string;
}

export interface Handoff {
  state: "waiting" | "active";
  expected_at: string | null;
  staff_name: string | null;
}

export interface Reply {
  session_id: string;
  message_id: string;
  response: string;
  intent: Intent;
  intents: Intent[];
  confidence: number;
  sources: Source[];
  cards: Card[];
  pending_action: PendingAction | null;
  suggestions: string[];
  degraded: Degraded[];
  handoff: Handoff | null;
  /** A newer message of the same session took this one's place. */
  superseded: boolean;
}

export interface Decision {
  action_id: string;
  accept: boolean;
}

export type ChatRequest =
  | { message: string; session_id?: string }
  | { decision: Decision; session_id: string };

/** One part of a streamed reply (AI SDK "UI message stream" version 1). Unknown parts are passed over. */
export type StreamPart =
  | { type: "start"; messageId?: string }
  | { type: "data-progress"; data: { step: string; label: string }; transient?: boolean }
  | { type: "text-start"; id: string }
  | { type: "text-delta"; id: string; delta: string }
  | { type: "text-end"; id: string }
  | { type: "source-url"; sourceId: string; url: string; title?: string }
  | { type: "data-reply"; data: Reply }
  | { type: "error"; errorText: string }
  | { type: "finish" };

export interface Passage {
  id: string;
  section: string;
  path: string[];
  page: number | null;
  text: string;
}

export interface KnowledgeDocument {
  id: string;
  title: string;
  kind: string;
  product_id: string | null;
  passages: Passage[];
}

export interface GuestSession {
  session_id: string;
  access_token?: string | null;
}

export interface StaffTokens {
  access_token: string;
  refresh_token: string;
}

export interface OutboxMail {
  to: string;
  subject: string;
  text: string;
  created_at: string;
}

export interface ProductPage {
  results: ProductSummary[];
  total: number;
  page: number;
  page_size: number;
  categories: Record<string, number>;
}

export interface Variant {
  id: string;
  options: Record<string, string>;
  price_cents: number;
  stock: number | null;
  available: boolean;
}

export interface ProductDetail extends Omit<ProductSummary, "highlights"> {
  model: string | null;
  description: string;
  specs: { name: string; label: string; text: string }[];
  variants: Variant[];
}

export interface ComplaintDetail extends Omit<ComplaintCard, "type"> {
  notes?: { at: string; author: string; text: string }[];
}

export interface ConversationSummary {
  id: string;
  started_at: string;
  updated_at: string;
  title: string;
  messages: number;
  handoff: Handoff | null;
}
