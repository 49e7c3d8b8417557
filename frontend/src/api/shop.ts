/** What anybody may know of the shop. */
import { call } from "./client";
import type { Schema } from "./types";

export type Shop = Schema<"ShopView">;

export const getShop = (signal?: AbortSignal): Promise<Shop> => call("/api/shop", { signal });
