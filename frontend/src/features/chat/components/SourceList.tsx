/** The sources of an answer in one line each. */
import type { Source } from "@/api/types";
import { useWords } from "@/messages";

export function SourceList({ sources, onSource }: { sources: Source[]; onSource: (number: number) => void }) {
  const { t } = useWords();
  return (
    <ul aria-label={t("source.label")} className="flex flex-wrap gap-1.5">
      {sources.map((source, index) => (
        <li key={source.id} className="min-w-0">
          <button
            type="button"
            onClick={() => onSource(index + 1)}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-full bg-sunken pe-3 ps-1.5 text-xs text-ink-2 transition-colors hover:bg-brand-soft hover:text-ink"
          >
            <span className="tabular flex size-[18px] shrink-0 items-center justify-center rounded-full bg-brand-soft text-[11px] font-semibold text-link">
              {index + 1}
            </span>
            <span className="truncate">
              {source.title}
              {source.page !== null && `, ${t("source.page", { page: source.page })}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
