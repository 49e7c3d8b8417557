/** Money, days and times as a language writes them. */

export interface Format {
  money: (cents: number, currency: string) => string;
  /** A calendar day ("2026-03-01") or the day of a moment, in the reader's zone. */
  day: (iso: string) => string;
  moment: (iso: string) => string;
  clock: (iso: string) => string;
  /** A time of today as a clock shows it, any other with its day. */
  soon: (iso: string) => string;
}

function toDate(iso: string): Date {
  const plainDay = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return plainDay
    ? new Date(Number(plainDay[1]), Number(plainDay[2]) - 1, Number(plainDay[3]))
    : new Date(iso);
}

export function formatsOf(locale: string): Format {
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" });
  const moment = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  const dayAndClock = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    hour: "numeric",
    minute: "2-digit",
  });
  const isToday = (date: Date): boolean => date.toDateString() === new Date().toDateString();
  return {
    money: (cents, currency) =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(cents / 100),
    day: (iso) => day.format(toDate(iso)),
    moment: (iso) => moment.format(toDate(iso)),
    clock: (iso) => clock.format(toDate(iso)),
    soon: (iso) => (isToday(toDate(iso)) ? clock : dayAndClock).format(toDate(iso)),
  };
}
