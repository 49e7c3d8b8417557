/** The numbers of the desk by day, the paths that conversations take, and how wordings did. */
import type { Schema } from "@/api/types";

export type Numbers = Schema<"Numbers">;
export type Figures = Schema<"Figures">;
export type Paths = Schema<"Paths">;
export type Variants = Schema<"Variants">;
export type Variant = Schema<"VariantView">;

export const NUMBERS = "/api/staff/numbers";
export const NUMBERS_CSV = "/api/staff/numbers.csv";
export const USAGE_CSV = "/api/staff/usage.csv";
export const VARIANTS = "/api/staff/variants";
export const PATHS = "/api/staff/numbers/paths";
