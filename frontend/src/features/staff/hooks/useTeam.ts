/** Who works at the desk. */
import type { StaffRole } from "../model/person";
import { useDeskData } from "./useDeskData";

export const TEAM = "/api/staff/team";
export interface Member {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
}

export const useTeam = (): Member[] => useDeskData<{ results: Member[] }>(TEAM).data?.results ?? [];
