/** Says on every screen that the shop's plan for the language model is nearly or wholly used up. */
"use client";

import clsx from "clsx";
import { Link } from "@/components/ui/Link";
import { useStaffWords } from "@/messages/staff";
import { useMay } from "../hooks/StaffSession";
import { useDeskData } from "../hooks/useDeskData";
import { dayBefore, isSpent, pressing, shareOf, USAGE, type Usage } from "../model/budget";

const REFRESH_MS = 60_000;

export function BudgetBanner() {
  const { t, label } = useStaffWords();
  const today = dayBefore(0);
  const usage = useDeskData<Usage>(
    useMay("supervisor") ? USAGE : null,
    { from: today, to: today },
    REFRESH_MS,
  );
  const limit = pressing(usage.data?.limits ?? []);
  if (!limit) return null;
  const spent = isSpent(limit);
  const name = label("desk.limit", limit.name);
  return (
    <p
      role="status"
      className={clsx(
        "flex shrink-0 flex-wrap gap-x-3 px-4 py-2 lg:px-6",
        spent ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn",
      )}
    >
      <span>
        {spent
          ? t("desk.budget.spent", { name, until: label("desk.limit.until", limit.name) })
          : t("desk.budget.near", { name, share: Math.floor(100 * shareOf(limit)) })}
      </span>
      <Link href="/staff/numbers/" className="font-medium underline">
        {t("desk.budget.see")}
      </Link>
    </p>
  );
}
