/** What the catalogue shows is written in the address, so that it can be shared and gone back to. */
import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";

export interface CatalogueAddress {
  q: string;
  category: string;
  sort: string;
  page: number;
  id: string | null;
  change: (changes: Record<string, string | null>) => void;
}

export function useCatalogueAddress(): CatalogueAddress {
  const params = useSearchParams();
  return {
    q: params.get("q") ?? "",
    category: params.get("category") ?? "",
    sort: params.get("sort") ?? "relevance",
    page: Math.max(1, Number(params.get("page")) || 1),
    id: params.get("id"),
    change: changeAddress,
  };
}
