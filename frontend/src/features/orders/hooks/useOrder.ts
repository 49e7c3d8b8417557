/** One order, and the proof that lets this session see it. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { proveGuest } from "@/api/guest";
import { useAssistant } from "@/assistant/context";
import { getOrder } from "../api/orders";

/** The order, once the session may see it. A session without proof gets a 401 or 404. */
export function useOrder(id: string | null) {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["order", id, sessionId],
    queryFn: ({ signal }) => getOrder(id ?? "", sessionId, signal),
    enabled: id !== null && sessionId !== null,
    retry: false,
  });
}

/** Proves the order; the chat goes on under the proved session and knows the order too. */
export function useProof(onProved: (orderId: string) => void) {
  const { sessionId, identify } = useAssistant();
  return useMutation({
    mutationFn: (proof: { orderId: string; email: string }) => proveGuest({ ...proof, sessionId }),
    onSuccess: (session, { orderId }) => {
      identify(session.session_id);
      onProved(orderId);
    },
  });
}
