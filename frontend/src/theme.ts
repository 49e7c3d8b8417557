/** Light, dark, or as the reader's device has it. The script in `app/before-paint.ts` applies what was chosen. */
const KEY = "support.theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme of the page as it stands. */
export function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return THEMES.find((name) => name === theme) ?? "system";
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lives as long as the page.
  }
}
