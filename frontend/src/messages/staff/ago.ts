/** How long ago something was, as short as a row of a list needs it. */

const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function agoOf(locale: string): (iso: string) => string {
  const format = new Intl.RelativeTimeFormat(locale, { style: "narrow", numeric: "auto" });
  return (iso) => {
    const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
    const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ["second", 60];
    return format.format(Math.trunc(seconds / size), unit);
  };
}
