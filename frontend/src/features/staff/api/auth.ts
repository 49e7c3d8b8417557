/** Signing staff in: by password, by one-time link, and on again with the refresh token. */
import { call } from "@/api/client";
import type { StaffTokens } from "@/api/types";

export const signIn = (email: string, password: string): Promise<StaffTokens> =>
  call("/api/auth/login", { method: "POST", body: { email, password, role: "staff" } });

export const redeemLink = (token: string, email: string, password: string): Promise<StaffTokens> =>
  call("/api/auth/link", { method: "POST", body: { token, email, password } });

export const refresh = (refreshToken: string): Promise<StaffTokens> =>
  call("/api/auth/refresh", { method: "POST", body: { refresh_token: refreshToken } });
