/** Who is signed in, as the access token says. The server checks every call; the screens only choose what to offer. */
import type { StaffTokens } from "@/api/types";

export const ROLES = ["support", "supervisor", "admin"] as const;
export type StaffRole = (typeof ROLES)[number];

export interface Person {
  id: string;
  role: StaffRole;
  shop: string;
}

/** Null for a text that is no token of the desk. */
export function personOf({ access_token }: StaffTokens): Person | null {
  try {
    const middle = access_token.split(".")[1] ?? "";
    const claims = JSON.parse(atob(middle.replaceAll("-", "+").replaceAll("_", "/")));
    return ROLES.includes(claims.role)
      ? { id: claims.subject, role: claims.role, shop: claims.tenant }
      : null;
  } catch {
    return null;
  }
}

/** Whether a role may do what asks for at least `needed`. */
export const mayAs = (role: StaffRole, needed: StaffRole): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(needed);
