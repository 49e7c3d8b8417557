/** What anybody may know of the shop. */
import { call } from "./client";
import type { Schema } from "./types";

export type Shop = Schema<"ShopView">;

export const getShop = (signal?: AbortSignal): Promise<Shop> => call("/api/shop", { signal });

let known: Promise<Shop> | null = null;

/** The shop, asked for once per page load; for what is shown before anything else is loaded. */
export function currentShop(): Promise<Shop> {
  known ??= getShop();
  return known;
}
