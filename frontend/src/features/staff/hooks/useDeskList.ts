/** One list of the desk. */
import { useQuery } from "@tanstack/react-query";
import { type DeskLists, deskPath } from "../api/desk";
import { useStaffSession } from "./StaffSession";

export function useDeskList<Name extends keyof DeskLists>(name: Name) {
  const { read } = useStaffSession();
  return useQuery({
    queryKey: ["desk", name],
    queryFn: () => read<{ results: DeskLists[Name][] }>(deskPath(name)),
    refetchInterval: 15_000,
  });
}
