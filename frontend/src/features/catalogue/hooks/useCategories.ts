/** The categories of the shop with the number of products in each, whatever is searched for. */
import { useQuery } from "@tanstack/react-query";
import { listProducts } from "../api/products";

export function useCategories(): Record<string, number> {
  const { data } = useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => listProducts({ page_size: 1 }, signal),
    staleTime: 5 * 60_000,
  });
  return data?.categories ?? {};
}
