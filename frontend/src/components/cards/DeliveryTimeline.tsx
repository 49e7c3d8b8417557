/** Where a parcel is: the way it has come as a track, then each dated event. */
"use client";

import clsx from "clsx";
import type { DeliveryInfo } from "@/api/types";
import { Badge } from "@/components/ui/Badge";
import { CopyButton } from "@/components/ui/CopyButton";
import { useWords } from "@/messages";
import { stateName, toneOf } from "./tones";

const STEPS = ["label_created", "in_transit", "out_for_delivery", "delivered"] as const;
const stepOf = (status: string): number => (STEPS as readonly string[]).indexOf(stateName(status));

function Track({ status }: { status: string }) {
  const { t } = useWords();
  const reached = stepOf(status);
  if (reached < 0) return null; // an exception or a parcel on its way back has no place on the track
  return (
    <ol className="grid grid-cols-4 gap-1.5">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === reached ? "step" : undefined}>
          <div className={clsx("h-1.5 rounded-full", index <= reached ? "bg-focus" : "bg-sunken")} />
          <span
            className={clsx(
              "mt-1.5 block text-xs leading-tight",
              index === reached ? "font-semibold text-ink" : "text-ink-3",
            )}
          >
            {t(`delivery.step.${step}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function TrackingNumber({ carrier, number }: { carrier: string | null; number: string }) {
  const { t } = useWords();
  return (
    <p className="flex items-center justify-between gap-2 text-sm text-ink-2">
      <span className="min-w-0">
        <span className="sr-only">{t("delivery.tracking")}: </span>
        {carrier} <span className="tabular font-medium break-all text-ink">{number}</span>
      </span>
      <CopyButton text={number} />
    </p>
  );
}

function Events({ events }: { events: DeliveryInfo["events"] }) {
  const { t, moment } = useWords();
  const newestFirst = [...events].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol aria-label={t("delivery.events")} className="space-y-3">
      {newestFirst.map((event, index) => (
        <li key={`${event.at}-${event.description}`} className="relative ps-5 text-sm">
          {index < newestFirst.length - 1 && (
            <span aria-hidden className="absolute start-[4px] top-3 -bottom-4.5 w-px bg-line-strong" />
          )}
          <span
            aria-hidden
            className={clsx(
              "absolute start-0 top-1.5 size-[9px] rounded-full",
              index === 0 ? "bg-focus" : "bg-line-strong",
            )}
          />
          <p className={clsx(index === 0 && "font-medium")}>{event.description}</p>
          <p className="tabular text-ink-3">
            <time dateTime={event.at}>{moment(event.at)}</time>
            {event.location && ` · ${event.location}`}
          </p>
        </li>
      ))}
    </ol>
  );
}

export function DeliveryTimeline({ delivery }: { delivery: DeliveryInfo }) {
  const { t, day, label } = useWords();
  const onTrack = stepOf(delivery.status) >= 0;
  const arrived = delivery.delivered_at;
  return (
    <div className="space-y-4 p-4">
      <div className="flex items-center justify-between gap-3">
        <p className="font-semibold">
          {arrived && t("delivery.delivered", { date: day(arrived) })}
          {!arrived && delivery.eta && t("delivery.expected", { date: day(delivery.eta) })}
          {!arrived && !delivery.eta && t("delivery.title")}
        </p>
        {!onTrack && (
          <Badge tone={toneOf(delivery.status)}>{label("delivery.status", delivery.status)}</Badge>
        )}
      </div>
      <Track status={delivery.status} />
      {delivery.tracking_number && (
        <TrackingNumber carrier={delivery.carrier} number={delivery.tracking_number} />
      )}
      {delivery.events.length > 0 && <Events events={delivery.events} />}
    </div>
  );
}
