/** Products as server data: cached, and kept on screen while the next page loads. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getProduct, listProducts, type ProductQuery } from "../api/products";

export const useProducts = (query: ProductQuery) =>
  useQuery({
    queryKey: ["products", query],
    queryFn: ({ signal }) => listProducts(query, signal),
    placeholderData: keepPreviousData,
  });

export const useProduct = (id: string) =>
  useQuery({ queryKey: ["product", id], queryFn: ({ signal }) => getProduct(id, signal) });
