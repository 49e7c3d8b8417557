/** Which language a reader sees: asked for by the address, else chosen here before, else the browser's. */
import { LOCALES, type Locale } from "./locales";

const KEY = "support.locale";

const known = (tag: string | null | undefined): Locale | undefined => {
  const language = tag?.toLowerCase().split("-")[0];
  return language !== undefined && language in LOCALES ? (language as Locale) : undefined;
};

/** What was chosen on this device; null where nothing was, or where storage is closed. */
function remembered(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function preferredLocale(): Locale {
  const asked = known(new URLSearchParams(window.location.search).get("lang"));
  const spoken = navigator.languages.map(known).find((locale) => locale !== undefined);
  return asked ?? known(remembered()) ?? spoken ?? "en";
}

export function rememberLocale(locale: Locale): void {
  try {
    window.localStorage.setItem(KEY, locale);
  } catch {
    // The choice then lives as long as the page.
  }
}
