/** The catalogue before its address was read: the same measures, so that nothing moves when it comes. */
"use client";

import { Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { TileSkeletons } from "./ProductTile";

export function CatalogueSkeleton() {
  const { t } = useWords();
  return (
    <div className="page pt-10">
      <h1 className="text-4xl">{t("products.title")}</h1>
      <Skeleton className="mt-6 mb-6 h-40 w-full lg:h-28" />
      <div className="grid gap-8 lg:grid-cols-[13rem_1fr]">
        <Skeleton className="h-96 max-lg:hidden" />
        <div className="min-w-0">
          <p className="mb-4 h-6" />
          <ul className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3">
            <TileSkeletons count={9} />
          </ul>
        </div>
      </div>
    </div>
  );
}
