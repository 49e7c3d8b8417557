/** Wordings of replies side by side: how they were rated, and how sure that is. */
"use client";

import { Badge, type Tone } from "@/components/ui/Badge";
import { type Column, DataTable } from "@/features/staff/components/DataTable";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { VARIANTS, type Variant, type Variants } from "../api/numbers";
import { written } from "../model/metrics";
import { daysSince, isUsual, type Verdict, verdictOf } from "../model/variants";

const TONES: Record<Verdict, Tone> = { better: "good", worse: "bad", open: "neutral" };

/** The share as a mark in the range in which it truly lies. */
function Range({ share, low, high }: { share: number; low: number; high: number }) {
  return (
    <span aria-hidden className="relative block h-3 min-w-24 rounded-full bg-sunken">
      <span
        className="absolute inset-y-0 rounded-full bg-brand-soft"
        style={{ insetInlineStart: `${100 * low}%`, width: `${100 * (high - low)}%` }}
      />
      <span
        className="absolute inset-y-0 w-1 -translate-x-1/2 rounded-full bg-focus"
        style={{ insetInlineStart: `${100 * share}%` }}
      />
    </span>
  );
}

function Rated({ of: { share_up, low, high, thumbs_up, thumbs_down } }: { of: Variant }) {
  const { t, locale } = useStaffWords();
  if (share_up === null || low === null || high === null) return t("desk.variants.unrated");
  const share = (value: number) => written(locale, "share", value, "");
  return (
    <>
      <Range share={share_up} low={low} high={high} />
      <span className="tabular mt-1 block text-xs text-ink-3">
        {t("desk.variants.share", { share: share(share_up), low: share(low), high: share(high) })} ·{" "}
        {t("desk.variants.of", { up: thumbs_up, rated: thumbs_up + thumbs_down })}
      </span>
    </>
  );
}

export function VariantsBox({ first }: { first: string }) {
  const { t, day, locale } = useStaffWords();
  const query = useDeskData<Variants>(VARIANTS, { days: daysSince(first, Date.now()) });
  const usual = query.data?.results.find(isUsual);
  const verdict = (variant: Variant) => {
    const found = verdictOf(variant, usual);
    return !isUsual(variant) && <Badge tone={TONES[found]}>{t(`desk.variants.${found}`)}</Badge>;
  };
  const columns: Column<Variant>[] = [
    {
      title: t("desk.variants.wording"),
      cell: (variant) => (isUsual(variant) ? t("desk.variants.usual") : variant.variant),
      className: "font-medium",
    },
    { title: t("desk.variants.replies"), cell: ({ replies }) => written(locale, "count", replies, "") },
    {
      title: t("desk.variants.rated"),
      cell: (variant) => <Rated of={variant} />,
      className: "w-1/2 min-w-48",
    },
    { title: t("desk.variants.verdict"), cell: verdict },
  ];
  return (
    <Section title={t("desk.variants")} lead={t("desk.variants.lead", { day: day(first) })}>
      <Loaded query={query} empty={t("desk.variants.none")} isEmpty={({ results }) => results.length === 0}>
        {({ results }) => (
          <DataTable
            label={t("desk.variants")}
            columns={columns}
            rows={results}
            rowKey={({ variant }) => variant}
          />
        )}
      </Loaded>
    </Section>
  );
}
