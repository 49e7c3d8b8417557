/** What the catalogue shows is written in the address, so that it can be shared and gone back to. */
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback } from "react";

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
  const router = useRouter();
  const change = useCallback(
    (changes: Record<string, string | null>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      router.replace(next.size > 0 ? `/products/?${next}` : "/products/", { scroll: false });
    },
    [router],
  );
  return {
    q: params.get("q") ?? "",
    category: params.get("category") ?? "",
    sort: params.get("sort") ?? "relevance",
    page: Math.max(1, Number(params.get("page")) || 1),
    id: params.get("id"),
    change,
  };
}
