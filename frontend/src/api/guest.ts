/** Proves who is asking with an order number and the e-mail address it was placed with. */
import { call } from "./client";
import type { GuestSession } from "./types";

interface GuestProof {
  orderId: string;
  email: string;
  sessionId: string | null;
}

/** The session that may see the order from now on. @throws {ApiError} when the two do not belong together. */
export const proveGuest = ({ orderId, email, sessionId }: GuestProof): Promise<GuestSession> =>
  call("/api/auth/guest", {
    method: "POST",
    body: { order_id: orderId, email, session_id: sessionId ?? undefined },
  });
