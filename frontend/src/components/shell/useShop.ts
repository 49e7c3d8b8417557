/** The shop of these pages, with the reasons it takes. */
import { useQuery } from "@tanstack/react-query";
import { getShop } from "@/api/shop";

export const useShop = () =>
  useQuery({ queryKey: ["shop"], queryFn: ({ signal }) => getShop(signal), staleTime: 5 * 60_000 });
