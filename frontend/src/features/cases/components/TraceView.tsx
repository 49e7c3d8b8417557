/** How an answer came about: what was understood, each step with its time, the rules and the passages. */
"use client";

import clsx from "clsx";
import { Badge } from "@/components/ui/Badge";
import { useStaffWords } from "@/messages/staff";
import type { TracedRequest, TracedStep, TurnTrace } from "../api/cases";
import { brief } from "../model/thread";

function Understood({ request }: { request: TracedRequest }) {
  const { t, label } = useStaffWords();
  const named = Object.entries(request.entities);
  return (
    <li className="rounded-small border border-line p-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold">{label("desk.act", request.act)}</span>
        <span className="tabular text-ink-3">
          {t("desk.try.confidence", { share: Math.round(request.confidence * 100) })}
        </span>
      </p>
      <p className="text-ink-2">“{request.standalone}”</p>
      {named.length > 0 && (
        <dl className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
          {named.map(([name, value]) => (
            <div key={name} className="flex gap-1">
              <dt className="text-ink-3">{label("desk.entity", name)}:</dt>
              <dd className="font-medium">{brief(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

const BARS: Record<string, string> = { ok: "bg-focus", refused: "bg-warn" };

function Step({ step, total }: { step: TracedStep; total: number }) {
  const { t, label } = useStaffWords();
  const { outcome } = step;
  const detail = Object.entries(step.detail);
  const percent = (ms: number) => `${Math.min(100, (100 * ms) / total)}%`;
  return (
    <li className="py-1.5">
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3">
        <span className="text-xs text-ink-3">{label("desk.step", step.kind)}</span>
        <span className="min-w-0">
          <span className="font-medium break-words">{step.name}</span>{" "}
          {outcome !== "ok" && (
            <Badge tone={outcome === "refused" ? "warn" : "bad"}>{label("desk.outcome", outcome)}</Badge>
          )}
        </span>
        <span className="tabular text-xs text-ink-3">{t("desk.trace.ms", { ms: step.ms.toFixed(1) })}</span>
      </div>
      {detail.length > 0 && (
        <p className="ps-[6.25rem] text-xs break-words text-ink-2">
          {detail.map(([name, value]) => `${name}: ${brief(value)}`).join(" · ")}
        </p>
      )}
      <div aria-hidden className="mt-1 h-1 rounded-full bg-sunken">
        <div
          className={clsx("h-1 min-w-1 rounded-full", BARS[outcome] ?? "bg-bad")}
          style={{ marginInlineStart: percent(Math.min(step.at_ms, total * 0.98)), width: percent(step.ms) }}
        />
      </div>
    </li>
  );
}

export function TraceView({ trace }: { trace: TurnTrace }) {
  const { t, label } = useStaffWords();
  const total = Math.max(trace.ms ?? 0, ...trace.steps.map(({ at_ms, ms }) => at_ms + ms), 1);
  const facts = [
    trace.path && label("desk.path", trace.path),
    trace.writer && label("desk.writer", trace.writer),
    trace.language && trace.language !== "en" && t("desk.trace.language", { language: trace.language }),
    trace.mood && trace.mood !== "calm" && label("desk.mood", trace.mood),
    trace.ms !== null && t("desk.trace.ms", { ms: trace.ms }),
    ...trace.degraded.map((engine) => t("desk.trace.degraded", { engine })),
  ].filter(Boolean);
  return (
    <div className="space-y-3 text-sm">
      <p className="text-xs text-ink-3">{facts.join(" · ")}</p>
      {trace.requests.length > 0 && (
        <ul aria-label={t("desk.trace.understood")} className="space-y-1.5">
          {trace.requests.map((request) => (
            <Understood key={`${request.act} ${request.text}`} request={request} />
          ))}
        </ul>
      )}
      {trace.steps.length > 0 && (
        <ol aria-label={t("desk.trace.steps")} className="divide-y divide-line">
          {trace.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of an answer never change
            <Step key={index} step={step} total={total} />
          ))}
        </ol>
      )}
      {trace.sources.length > 0 && (
        <p className="text-xs break-all text-ink-3">
          {t("desk.trace.sources", { ids: trace.sources.join(", ") })}
        </p>
      )}
    </div>
  );
}
