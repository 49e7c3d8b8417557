/** Products as server data: cached, and kept on screen while the next page loads. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  compareProducts,
  getProduct,
  getRelated,
  listProducts,
  type ProductQuery,
  type Relation,
} from "../api/products";

export const useProducts = (query: ProductQuery) =>
  useQuery({
    queryKey: ["products", query],
    queryFn: ({ signal }) => listProducts(query, signal),
    placeholderData: keepPreviousData,
  });

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
