/** The way to the page before and after; nothing where there is only one. */
"use client";

import { Button } from "@/components/ui/Button";
import { useStaffWords } from "@/messages/staff";

interface PagerProps {
  /** Left out on the first page. */
  back?: () => void;
  /** Left out on the last. */
  on?: () => void;
}

export function Pager({ back, on }: PagerProps) {
  const { t } = useStaffWords();
  if (!back && !on) return null;
  return (
    <p className="mt-3 flex justify-between gap-3">
      <Button look="secondary" small disabled={!back} onClick={back}>
        {t("products.previous")}
      </Button>
      <Button look="secondary" small disabled={!on} onClick={on}>
        {t("products.next")}
      </Button>
    </p>
  );
}
