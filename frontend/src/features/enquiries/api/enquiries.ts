/** Sales, bulk and partnership contacts. */
import type { Schema } from "@/api/types";

export type Enquiry = Schema<"Enquiry">;
export type EnquiryList = Schema<"EnquiryList">;
export const ENQUIRY_STATUSES = ["new", "in_progress", "answered", "closed"] as const;
export const ENQUIRIES = "/api/staff/enquiries";
