/** Writes over HTTP: proposed first, then carried out once when the shopper confirms exactly this. */
import { call } from "./client";
import type { PendingAction, Schema } from "./types";

export type Outcome = Schema<"Outcome">;

/** What would be done, to be confirmed. @throws {ApiError} with the rule's own words when it cannot be. */
export const propose = (
  session: string | null,
  tool: string,
  args: Record<string, unknown>,
): Promise<PendingAction> =>
  call("/api/actions", { method: "POST", session, body: { tool, arguments: args } });

/** Carries the action out; sent again, it answers with the same outcome. @throws {ApiError} */
export const confirm = (session: string | null, id: string): Promise<Outcome> =>
  call(`/api/actions/${encodeURIComponent(id)}/confirm`, { method: "POST", session, key: id });
