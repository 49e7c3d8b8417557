/** What has to be known before the first paint, as a script in the head: the theme, whether to wait for words, and
 * whether somebody is signed in at the desk or comes by a one-time link, who must not see its door flash by. A page
 * that frames the chat is told that it may: one that hears nothing was refused, and takes its frame away.
 *
 * Pages are built in English. A reader of another language would see English flash by, so the page stays blank until
 * the texts are there (`WordsProvider` lifts it), but never longer than two seconds.
 */
import { LOCALES } from "@/messages/locales";
import { DESK_LOCALES } from "@/messages/staff/locales";

const KNOWN = Object.keys(LOCALES).join("|");
const AT_DESK = DESK_LOCALES.join("|");

export const BEFORE_PAINT = `(() => {
  const page = document.documentElement, asked = new URLSearchParams(location.search);
  const kept = (key) => { try { return localStorage.getItem("support." + key) } catch { return null } };
  const theme = asked.get("theme") || kept("theme");
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  if (kept("staff") || asked.get("token")) page.dataset.desk = "open";
  try { if (parent !== window) parent.postMessage({ type: "support:here" }, asked.get("origin")) } catch {}
  const tags = [asked.get("lang"), kept("locale"), ...navigator.languages].map((tag) => (tag || "").slice(0, 2).toLowerCase());
  const locale = tags.find((tag) => /^(${KNOWN})$/.test(tag));
  if (!locale || locale === "en" || (location.pathname.startsWith("/staff") && !/^(${AT_DESK})$/.test(locale))) return;
  page.dataset.words = "coming";
  setTimeout(() => delete page.dataset.words, 2000);
})()`;
