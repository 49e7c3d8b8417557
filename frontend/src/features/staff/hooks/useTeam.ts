/** Who works at the desk now. */
import type { Schema } from "@/api/types";
import { useDeskData } from "./useDeskData";

const TEAM = "/api/staff/team";
type Member = Schema<"Member">;

export const useTeam = (): Member[] =>
  useDeskData<{ results: Member[] }>(TEAM).data?.results.filter(({ active }) => active) ?? [];
