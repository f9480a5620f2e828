// The page's starting data, its words, and times as people read them. Touches nothing on the page but the clock.

export const data = JSON.parse(document.getElementById("data").textContent);

/** The text called `name`, with `{hole}` filled from `values`; empty for a word of a newer server. */
export function t(name, values = {}) {
  return (data.texts[name] ?? "").replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);
}

const LOCALE = { uk: "uk-UA", en: "en-GB" }[data.language] ?? data.language;
const hourMinute = new Intl.DateTimeFormat(LOCALE, { timeZone: data.timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const longDay = new Intl.DateTimeFormat(LOCALE, { timeZone: data.timezone, weekday: "long", day: "numeric", month: "long" });
const languageNames = new Intl.DisplayNames([LOCALE], { type: "language" });

/** The server's clock, not this computer's: an office computer may be minutes off. */
let ahead = 0;
export function setNow(iso) {
  ahead = Date.parse(iso) - Date.now();
}
setNow(data.now);
export const now = () => Date.now() + ahead;

export const clock = (moment) => hourMinute.format(typeof moment === "string" ? Date.parse(moment) : moment);
export const languageName = (code) => languageNames.of(code) ?? code;
export const minutesSince = (iso) => Math.max(0, Math.floor((now() - Date.parse(iso)) / 60000));

/** «06:12», and «1:06:12» past the hour. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

export function waited(iso) {
  const minutes = minutesSince(iso);
  return minutes ? t("minutes", { minutes }) : t("just-now");
}

/** Writes only what changed, so that a screen reader and the eye are left in peace. */
export function put(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

export function tickClock() {
  const element = document.getElementById("clock");
  put(element.firstElementChild, clock(now()));
  put(element.lastElementChild, longDay.format(now()));
}
