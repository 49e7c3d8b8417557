/** What an operator sets for the shop. */
import type { Schema } from "@/api/types";

export type ApiKey = Schema<"ApiKey">;
export type KeyShown = Schema<"KeyShown">;
export type Webhook = Schema<"WebhookView">;
export type WebhookShown = Schema<"WebhookShown">;
export type Delivery = Schema<"DeliveryView">;
export type Correction = Schema<"CorrectionView">;

export type ShopSettings = Schema<"ShopSettings">;
export type PolicyView = Schema<"PolicyView">;
export type Policy = Schema<"ShopPolicy">;
export type Member = Schema<"Member">;
export type Invitation = Schema<"Invitation">;
export type Tried = Schema<"Tried">;

export const SETTINGS = "/api/staff/settings";
export const POLICY = "/api/staff/settings/policy";
export const POLICY_VERSIONS = "/api/staff/settings/policy/versions";
export const TEAM = "/api/staff/team";
export const PLAYGROUND = "/api/staff/playground";
export const KEYS = "/api/staff/keys";
export const WEBHOOKS = "/api/staff/webhooks";
export const DELIVERIES = "/api/staff/webhooks/deliveries";

export const SCOPES = [
  "chat",
  "catalogue",
  "knowledge",
  "knowledge:write",
  "orders",
  "complaints",
  "enquiries",
  "staff:read",
  "staff:write",
] as const;
