/** Picked products side by side. */
"use client";

import { ArrowLeft } from "lucide-react";
import { useAssistant } from "@/assistant/context";
import { useSay } from "@/assistant/useSay";
import { ComparisonCardView } from "@/components/cards/ComparisonCardView";
import { Button } from "@/components/ui/Button";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useComparison } from "../hooks/useProducts";

export function CompareView({ ids, onBack }: { ids: string[]; onBack: () => void }) {
  const { t } = useWords();
  const { ask, busy } = useAssistant();
  const say = useSay();
  const { data, error, refetch } = useComparison(ids);
  const names = data?.products.map(({ name }) => name).join(", ") ?? "";
  return (
    <div className="page pt-8 pb-28">
      <Button look="quiet" className="-ms-2.5" onClick={onBack}>
        <ArrowLeft size={16} aria-hidden className="rtl:rotate-180" />
        {t("products.compare.back")}
      </Button>
      <h1 className="mt-2 mb-6 text-4xl">{t("card.comparison")}</h1>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-96 w-full rounded-card!" />}
      {data && (
        <>
          <ComparisonCardView card={{ type: "comparison", ...data }} />
          <Button
            look="secondary"
            className="mt-5"
            disabled={busy}
            onClick={() => ask(say("products.compare.ask", { names }))}
          >
            {t("products.compare.which")}
          </Button>
        </>
      )}
    </div>
  );
}
