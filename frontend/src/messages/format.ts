/** Money, measures, days and times as a language writes them. */

export interface Format {
  money: (cents: number, currency: string) => string;
  /** A figure, or a range of two, with its unit as the catalogue names it: "1 year", "0.5–1 kg". */
  measure: (figures: readonly number[], unit: string | null) => string;
  /** A calendar day ("2026-03-01") or the day of a moment, in the reader's zone. */
  day: (iso: string) => string;
  moment: (iso: string) => string;
  /** A time of today as a clock shows it, any other with its day. */
  soon: (iso: string) => string;
  /** When something was said: a clock today, with its date before. */
  when: (iso: string) => string;
}

function toDate(iso: string): Date {
  const plainDay = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return plainDay
    ? new Date(Number(plainDay[1]), Number(plainDay[2]) - 1, Number(plainDay[3]))
    : new Date(iso);
}

/** The browser's own formatters by what they show, each made when first needed: one costs as much as a small screen. */
function formattersOf(locale: string) {
  const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
  const once = <T extends Intl.DateTimeFormat | Intl.NumberFormat>(name: string, make: () => T): T => {
    const known = made.get(name) ?? make();
    made.set(name, known);
    return known as T;
  };
  return {
    time: (options: Intl.DateTimeFormatOptions) =>
      once(JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options)),
    number: (options: Intl.NumberFormatOptions) =>
      once(JSON.stringify(options), () => new Intl.NumberFormat(locale, options)),
  };
}

const CLOCK = { hour: "numeric", minute: "2-digit" } as const;
const DAY = { weekday: "short", day: "numeric", month: "short" } as const;
const MOMENT = { day: "numeric", month: "short", ...CLOCK } as const;
const YEAR = { year: "numeric" } as const;
/** Units that a language inflects, and all browsers know. */
const INFLECTED = /^(year|month|week|day|hour|minute|second)s?$/;
const DAY_AND_CLOCK = { weekday: "long", ...CLOCK } as const;

export function formatsOf(locale: string): Format {
  const { time, number } = formattersOf(locale);
  const isToday = (date: Date): boolean => date.toDateString() === new Date().toDateString();
  /** A day of another year tells which. */
  const dated = (date: Date, options: Intl.DateTimeFormatOptions): string =>
    time(date.getFullYear() === new Date().getFullYear() ? options : { ...options, ...YEAR }).format(date);
  return {
    money: (cents, currency) => number({ style: "currency", currency }).format(cents / 100),
    measure: ([low = 0, high = low], unit) => {
      const known = INFLECTED.exec(unit ?? "")?.[1];
      const format = number(
        known
          ? { style: "unit", unit: known, unitDisplay: "long" }
          : { useGrouping: false, maximumFractionDigits: 6 },
      );
      const text = low === high ? format.format(low) : format.formatRange(low, high);
      return known || !unit ? text : `${text} ${unit}`;
    },
    day: (iso) => dated(toDate(iso), DAY),
    moment: (iso) => dated(toDate(iso), MOMENT),
    soon: (iso) => time(isToday(toDate(iso)) ? CLOCK : DAY_AND_CLOCK).format(toDate(iso)),
    when: (iso) => dated(toDate(iso), isToday(toDate(iso)) ? CLOCK : MOMENT),
  };
}
