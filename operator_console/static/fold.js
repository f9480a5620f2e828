// One desk as the fold of what travels: a snapshot, then frames after it. Pure: no page, no network, no clock.

const IN_HAND = ["called", "serving"];
const by = (moment) => (a, b) => Date.parse(a[moment]) - Date.parse(b[moment]) || a.id - b.id;
const byPlace = by("queue_key");
// Who came back from a hold goes on first.
const inQueue = (a, b) => Boolean(b.returned) - Boolean(a.returned) || byPlace(a, b);
const ACTIVE = ["expected", "waiting", "on_hold"];
// So many appointments travel at most; of more only the nearest are here.
const AGREED_SENT = 50;
const without = (tickets, id) => tickets.filter((ticket) => ticket.id !== id);

/** A snapshot or a command's answer: taken unless frames already told something newer. */
export function takeSnapshot(view, snapshot) {
  return view && snapshot.seq < view.seq ? view : snapshot;
}

/** The desk after one ticket changed, wherever that ticket was before. */
export function takeTicket(view, ticket) {
  const whole = isWhole(view);
  const next = {
    ...view,
    queue: without(view.queue, ticket.id),
    missed: without(view.missed, ticket.id),
    held: without(view.held, ticket.id),
    appointments: without(view.appointments, ticket.id),
    others_of_visit: without(view.others_of_visit, ticket.id),
  };
  const own = view.groups.includes(ticket.group);
  const elsewhere = (ticket.desk ?? view.number) !== view.number;
  if (IN_HAND.includes(ticket.state) && ticket.desk === view.number) {
    next.ticket = ticket;
    if (view.ticket?.id !== ticket.id) next.others_of_visit = next.queue.filter((each) => each.visit === ticket.visit);
  } else if (view.ticket?.id === ticket.id) {
    Object.assign(next, { ticket: null, others_of_visit: [], others_ahead: {}, needs: [], priority: null });
  }
  // A waiting ticket with a desk was passed on to it, and waits there only.
  if (ticket.state === "waiting" && own && !elsewhere) next.queue = [...next.queue, ticket].sort(inQueue);
  // Whoever has an agreed time is listed from morning on, and checked in stands in the queue besides.
  const agreed = ticket.kind === "appointment" && ["expected", "waiting"].includes(ticket.state) && !ticket.returned;
  if (agreed && own && !elsewhere) next.appointments = [...next.appointments, ticket].sort(byPlace);
  if (ticket.held && ticket.desk === view.number) next.held = [...next.held, ticket].sort(by("hold_until"));
  if (ticket.state === "no_show" && own) next.missed = [...next.missed, ticket].sort(byPlace);
  if (next.ticket && ticket.id !== next.ticket.id && ticket.visit === next.ticket.visit && ACTIVE.includes(ticket.state)) {
    next.others_of_visit = [...next.others_of_visit, ticket];
  }
  next.waiting = whole ? next.queue.length : view.waiting + next.queue.length - view.queue.length;
  return withState(next);
}

/** The desk after one frame of the staff stream. A frame at or before the snapshot changes nothing. */
export function takeFrame(view, frame) {
  if (frame.seq <= view.seq) return view;
  let next = { ...view, seq: frame.seq };
  if (frame.ticket) next = takeTicket(next, frame.ticket);
  if (frame.desk === view.number) next.served_today += served(frame);
  const desk = frame.desk_summary;
  if (desk?.number === view.number) {
    next = { ...next, state: desk.state, operator_login: desk.operator_login };
  }
  return next;
}

/** One more, or one less when it is taken back that somebody was served. */
function served(frame) {
  if (frame.kind === "finished") return 1;
  const again = frame.kind === "reopened" || (frame.kind === "undone" && frame.ticket?.state === "serving");
  return again ? -1 : 0;
}

/** Whether a frame or an answer changed more of this desk than it tells: then the snapshot is read again. */
export function needsSnapshot(before, after, frame = null) {
  // Whose desk it is says which groups it calls; a break has its reason; of a long queue only the head is here.
  const other = after.operator_login !== before.operator_login;
  const cut = !isWhole(before) || (frame?.ticket?.kind === "appointment" && before.appointments.length >= AGREED_SENT);
  const beyond = cut && before.groups.includes(frame?.ticket?.group);
  const pausedOrResumed = after.state !== before.state && [after.state, before.state].includes("paused");
  const taken = after.ticket && after.ticket.id !== before.ticket?.id;
  const closed = frame?.kind === "desk" && frame.desk_summary?.state === "closed"; // who waited for it waits for all
  return other || beyond || pausedOrResumed || taken || closed || ["day", "settings"].includes(frame?.kind);
}

/** A long queue travels only with its head: then `waiting` is more than what is listed. */
function isWhole(view) {
  return view.waiting <= view.queue.length;
}

function withState(view) {
  if (view.ticket) return { ...view, state: view.ticket.state === "called" ? "calling" : "serving" };
  return ["calling", "serving"].includes(view.state) ? { ...view, state: "ready" } : view;
}
