/** What the catalogue shows is written in the address, so that it can be shared and gone back to. */
import { useSearchParams } from "next/navigation";
import { type AddressChanges, changeAddress } from "@/address";
import { MOST_COMPARED } from "./Compared";

export interface CatalogueAddress {
  q: string;
  category: string;
  brand: string;
  /** Bounds of the price in the shop's money, as numbers in text. */
  min: string;
  max: string;
  inStock: boolean;
  /** Conditions on specifications: "memory_gb:16", "weight_kg:gte:1". */
  spec: string[];
  sort: string;
  page: number;
  /** The product that is open. */
  id: string | null;
  /** The products that stand side by side. */
  compare: string[];
  change: (changes: AddressChanges) => void;
}

export function useCatalogueAddress(): CatalogueAddress {
  const params = useSearchParams();
  const text = (name: string): string => params.get(name) ?? "";
  return {
    q: text("q"),
    category: text("category"),
    brand: text("brand"),
    min: text("min"),
    max: text("max"),
    inStock: text("stock") === "1",
    spec: params.getAll("spec"),
    sort: text("sort") || "relevance",
    page: Math.max(1, Number(params.get("page")) || 1),
    id: params.get("id"),
    compare: [...new Set(text("compare").split(",").filter(Boolean))].slice(0, MOST_COMPARED),
    change: changeAddress,
  };
}
