/** Orders and the proof that lets this session see them. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { proveGuest } from "@/api/guest";
import { useAssistant } from "@/assistant/context";
import { getDelivery, getOrder, getRefunds, listOrders } from "../api/orders";

/** Every order that the session may see; nobody in particular may see none. */
export function useOrders() {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["orders", sessionId],
    queryFn: ({ signal }) => listOrders(sessionId, signal),
    enabled: sessionId !== null,
    retry: false,
  });
}

/** The order, once the session may see it. A session without proof gets a 401 or 404. */
export function useOrder(id: string | null) {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["order", id, sessionId],
    queryFn: ({ signal }) => getOrder(id ?? "", sessionId, signal),
    enabled: id !== null && sessionId !== null,
    // More proof is another session: what stands on the page stays while the order is read under it.
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
    retry: false,
  });
}

/** Its parcels, looked at again every minute. */
export function useDelivery(id: string | null) {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["delivery", id, sessionId],
    queryFn: ({ signal }) => getDelivery(id ?? "", sessionId, signal),
    enabled: id !== null && sessionId !== null,
    refetchInterval: ({ state }) => state.data && 60_000,
    retry: false,
  });
}

export function useRefunds(id: string) {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["refunds", id, sessionId],
    queryFn: ({ signal }) => getRefunds(id, sessionId, signal),
    placeholderData: (previous) => (previous?.order_id === id ? previous : undefined),
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
