/** The numbers of the desk by day, and the paths that conversations take. */
import type { Schema } from "@/api/types";

export type Numbers = Schema<"Numbers">;
export type Figures = Schema<"Figures">;
export type Paths = Schema<"Paths">;

export const NUMBERS = "/api/staff/numbers";
export const NUMBERS_CSV = "/api/staff/numbers.csv";
export const USAGE_CSV = "/api/staff/usage.csv";
export const PATHS = "/api/staff/numbers/paths";
