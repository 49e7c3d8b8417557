/** The server's JSON by name, derived from its OpenAPI document. Money is integer cents, times ISO 8601 in UTC. */
import type { components } from "./openapi";

type Schemas = components["schemas"];

/** An answer as it is sent: every field is there, also the ones that a document may leave out. */
type Sent<T> = T extends object ? { [Field in keyof T]-?: Sent<T[Field]> } : T;

/** Any schema of the document, as the server answers it. */
export type Schema<Name extends keyof Schemas> = Sent<Schemas[Name]>;

export type Source = Schema<"Source">;
export type ProductSummary = Schema<"ProductSummary">;
export type ProductDetail = Schema<"ProductDetail">;
export type ProductPage = Schema<"ProductList">;
export type Facet = Schema<"Facet">;
export type Variant = Schema<"Variant">;
export type RelatedProduct = Schema<"RelatedView">;
export type Comparison = Schema<"ComparisonView">;

export type Reply = Schema<"ChatReply">;
export type Card = Reply["cards"][number];
export type ProductsCard = Schema<"ProductsCard">;
export type ProductCard = Schema<"ProductCard">;
export type ComparisonCard = Schema<"ComparisonCard">;
export type ComparisonRow = Schema<"ComparisonRow">;
export type CompatibilityCard = Schema<"CompatibilityCard">;
export type OrderCard = Schema<"OrderCard">;
export type OrderLine = Schema<"OrderCardLine">;
export type OrdersCard = Schema<"OrdersCard">;
export type DeliveryInfo = Schema<"DeliveryInfo">;
export type DeliveryCard = Schema<"DeliveryCard">;
export type RefundCard = Schema<"RefundCard">;
export type ComplaintCard = Schema<"ComplaintCard">;
export type FormCard = Schema<"FormCard">;
export type FormField = Schema<"FormField">;
export type ChoicesCard = Schema<"ChoicesCard">;
export type PendingAction = Schema<"PendingActionView">;
export type Handoff = Schema<"Handoff">;

export type Decision = Schema<"Decision">;
export type ChatRequest =
  | { message: string; session_id?: string; replaces?: string }
  | { decision: Decision; session_id: string };
export type CurrentConversation = Schema<"CurrentConversation">;
export type Said = Schema<"SaidView">;

export type KnowledgeDocument = Schema<"DocumentView">;
export type Passage = Schema<"PassageView">;

export type RefundsOfOrder = Schema<"RefundsView">;
export type ComplaintDetail = Schema<"ComplaintView">;

export type GuestSession = Schema<"SessionView">;
export type StaffTokens = Pick<Schema<"TokensView">, "access_token" | "refresh_token">;
export type OutboxMail = Schema<"MailView">;

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
