// The agreed times of a desk: who is here, who may be called by record, what a pause or a long case endangers. Pure.

const MINUTE = 60000;
const SOON_MIN = 15;
const PAUSE_MIN = 30;

const isHere = (ticket) => ticket.state === "waiting";
const minutesTo = (ticket, at) => (Date.parse(ticket.slot) - at) / MINUTE;

/** The text that says how an appointment stands; `at` is the server's time in milliseconds. */
export function standing(ticket, at) {
  if (isHere(ticket)) return "agreed-here";
  return minutesTo(ticket, at) < 0 ? "agreed-late" : "agreed-expected";
}

/** From when it may be called by record, in milliseconds, if not yet. When it no longer may, the server takes it away. */
export function callableFrom(ticket, limits, at) {
  const from = Date.parse(ticket.slot) - limits.appointment_early_min * MINUTE;
  return at < from ? from : null;
}

/** Those still to be received whose time comes within so many minutes; who is late and not here endangers nothing. */
function within(view, at, minutes) {
  return view.appointments.filter(
    (ticket) => minutesTo(ticket, at) <= minutes && (isHere(ticket) || minutesTo(ticket, at) >= 0),
  );
}

/** The appointment that a visitor in hand or a pause may delay, or null. */
export function endangered(view, at) {
  const occupied = ["calling", "serving", "paused"].includes(view.state);
  return (occupied && within(view, at, SOON_MIN)[0]) || null;
}

/** The appointments that fall into a pause which begins now. */
export const inAPause = (view, at) => within(view, at, PAUSE_MIN);
