/** The catalogue over HTTP. */
import { call } from "@/api/client";
import type { ProductDetail, ProductPage } from "@/api/types";

export interface ProductQuery {
  q?: string;
  category?: string;
  sort?: string;
  page?: number;
  page_size?: number;
}

export const listProducts = (query: ProductQuery, signal?: AbortSignal): Promise<ProductPage> =>
  call("/api/products", { query: { ...query }, signal });

export const getProduct = (id: string, signal?: AbortSignal): Promise<ProductDetail> =>
  call(`/api/products/${encodeURIComponent(id)}`, { signal });
