/** The catalogue over HTTP. */
import { call } from "@/api/client";
import type { Comparison, ProductDetail, ProductPage, RelatedProduct } from "@/api/types";

export interface ProductQuery {
  q?: string;
  category?: string;
  brand?: string;
  min_price?: string;
  max_price?: string;
  in_stock?: boolean;
  spec?: string[];
  sort?: string;
  page?: number;
  page_size?: number;
}

const one = (id: string): string => `/api/products/${encodeURIComponent(id)}`;

export const listProducts = (query: ProductQuery, signal?: AbortSignal): Promise<ProductPage> =>
  call("/api/products", { query: { ...query }, signal });

export const getProduct = (id: string, signal?: AbortSignal): Promise<ProductDetail> =>
  call(one(id), { signal });

/** What works with it, and what is like it. */
export type Relation = "compatible" | "similar";

export const getRelated = (
  id: string,
  relation: Relation,
  signal?: AbortSignal,
): Promise<{ results: RelatedProduct[] }> => call(`${one(id)}/${relation}`, { signal });

export const compareProducts = (ids: string[], signal?: AbortSignal): Promise<Comparison> =>
  call("/api/products/compare", { query: { ids: ids.join(",") }, signal });
