/** A document, opened at the passage that an answer cited. */
"use client";

import clsx from "clsx";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import type { KnowledgeDocument, Passage } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { ButtonLink } from "@/components/ui/Button";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { useDocument } from "../hooks/useDocument";
import { PassageText } from "./PassageText";

function PassageSection({
  passage,
  cited,
  showHeading,
}: {
  passage: Passage;
  cited: boolean;
  showHeading: boolean;
}) {
  const { t } = useWords();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (cited) ref.current?.scrollIntoView({ block: "center" });
  }, [cited]);
  return (
    <section
      ref={ref}
      id={passage.id}
      aria-current={cited ? "location" : undefined}
      className={clsx(
        "scroll-mt-24 px-4 sm:px-5",
        cited && "rounded-control border-s-4 border-focus bg-brand-soft py-4",
      )}
    >
      {cited && (
        <p className="mb-2">
          <Badge tone="spark">{t("knowledge.cited")}</Badge>
        </p>
      )}
      {showHeading && (
        <h2 className="mb-2 flex items-baseline justify-between gap-4 text-xl">
          {passage.section}
          {passage.page !== null && (
            <span className="shrink-0 text-sm font-normal tracking-normal text-ink-2">
              {t("knowledge.page", { page: passage.page })}
            </span>
          )}
        </h2>
      )}
      <PassageText text={passage.text} />
    </section>
  );
}

function Contents({ document, cited }: { document: KnowledgeDocument; cited: string | null }) {
  const { label } = useWords();
  return (
    <article>
      <p className="text-sm text-ink-3">{label("knowledge.kind", document.kind)}</p>
      <h1 className="mt-1 mb-8 text-4xl">{document.title}</h1>
      <div className="-mx-4 space-y-7 sm:-mx-5">
        {document.passages.map((passage, index) => (
          <PassageSection
            key={passage.id}
            passage={passage}
            cited={passage.id === cited}
            showHeading={passage.section !== document.passages[index - 1]?.section}
          />
        ))}
      </div>
    </article>
  );
}

export function DocumentPage() {
  const { t } = useWords();
  const params = useSearchParams();
  const id = params.get("document") ?? "";
  const { data, error, refetch } = useDocument(id);
  return (
    <div className="page max-w-3xl! pt-10">
      {!id && <Empty>{t("knowledge.missing")}</Empty>}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {id && !data && !error && <Skeleton className="h-96 w-full" />}
      {data && <Contents document={data} cited={params.get("passage")} />}
      <ButtonLink href="/chat/" look="secondary" className="mt-10">
        {t("knowledge.back")}
      </ButtonLink>
    </div>
  );
}
