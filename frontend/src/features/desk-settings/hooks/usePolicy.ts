/** The rules of the shop: read, and replaced as a whole from the version they were read in. */
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { POLICY, POLICY_VERSIONS, type Policy, type PolicyView } from "../api/settings";

export function usePolicy() {
  const { t } = useStaffWords();
  const query = useDeskData<PolicyView>(POLICY);
  const save = useDeskChange({
    shown: true,
    run: (desk, change: Partial<Policy>) => {
      const { policy, version } = query.data ?? { policy: {}, version: 0 };
      return desk.call<PolicyView>(POLICY, {
        method: "PUT",
        body: { policy: { ...policy, ...change }, version },
      });
    },
    stale: [POLICY, POLICY_VERSIONS],
    said: t("desk.saved"),
  });
  const restore = useDeskChange({
    run: (desk, version: number) =>
      desk.call<PolicyView>(`${POLICY_VERSIONS}/${version}/restore`, { method: "POST" }),
    stale: [POLICY, POLICY_VERSIONS],
    said: t("desk.saved"),
  });
  return { query, save, restore };
}
