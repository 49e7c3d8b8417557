/** Own complaints, one of them, and the proof of its order where the session has none. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { proveGuest } from "@/api/guest";
import { ApiError } from "@/api/problem";
import { useAssistant } from "@/assistant/context";
import { getComplaint, listComplaints } from "../api/complaints";

/** Every complaint that the session may see; nobody in particular may see none. */
export function useComplaints() {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["complaints", sessionId],
    queryFn: ({ signal }) => listComplaints(sessionId, signal),
    enabled: sessionId !== null,
    retry: false,
  });
}

export function useComplaint(id: string | null) {
  const { sessionId } = useAssistant();
  return useQuery({
    queryKey: ["complaint", id, sessionId],
    queryFn: ({ signal }) => getComplaint(id ?? "", sessionId, signal),
    enabled: id !== null,
    retry: false,
  });
}

export function useComplaintProof() {
  const { sessionId, identify } = useAssistant();
  return useMutation({
    mutationFn: (proof: { orderId: string; email: string }) => proveGuest({ ...proof, sessionId }),
    onSuccess: (session) => identify(session.session_id),
  });
}

/** Whether the answer was: show first who you are. */
export const needsIdentity = (error: unknown): boolean => error instanceof ApiError && error.status === 401;
