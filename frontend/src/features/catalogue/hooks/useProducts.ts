/** Products as server data: cached, and kept on screen while the next page loads. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import {
  compareProducts,
  getProduct,
  getRelated,
  listProducts,
  type ProductQuery,
  type Relation,
} from "../api/products";

/** `data` comes at low priority: many tiles are drawn in slices, and typing or a press is never kept waiting. */
export function useProducts(query: ProductQuery) {
  const found = useQuery({
    queryKey: ["products", query],
    queryFn: ({ signal }) => listProducts(query, signal),
    placeholderData: keepPreviousData,
  });
  return { ...found, data: useDeferredValue(found.data) };
}

export const useProduct = (id: string) =>
  useQuery({ queryKey: ["product", id], queryFn: ({ signal }) => getProduct(id, signal) });

export const useRelated = (id: string, relation: Relation) =>
  useQuery({
    queryKey: ["product", id, relation],
    queryFn: ({ signal }) => getRelated(id, relation, signal),
  });

export const useComparison = (ids: string[]) =>
  useQuery({
    queryKey: ["comparison", ids],
    queryFn: ({ signal }) => compareProducts(ids, signal),
    enabled: ids.length > 1,
  });
