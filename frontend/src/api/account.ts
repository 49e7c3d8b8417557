/** Showing who one is over HTTP: a mailed code, or e-mail and password. */
import { call } from "@/api/client";
import type { GuestSession, Schema } from "@/api/types";

/** Without an address the code goes to the customer whose order the session opened. @throws {ApiError} */
export const sendCode = (session: string | null, email?: string): Promise<Schema<"CodeSent">> =>
  call("/api/auth/code", { method: "POST", body: { email, session_id: session ?? undefined } });

/** The session that may act for the customer from now on. @throws {ApiError} */
export const verifyCode = (session: string, code: string, email?: string): Promise<GuestSession> =>
  call("/api/auth/code/verify", { method: "POST", body: { code, session_id: session, email } });
