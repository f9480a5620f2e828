// One desk as the fold of what travels: a snapshot, then frames after it. Pure: no page, no network, no clock.

const IN_HAND = ["called", "serving"];
const byPlace = (a, b) => (a.queue_key < b.queue_key ? -1 : a.queue_key > b.queue_key ? 1 : a.id - b.id);
const ACTIVE = ["expected", "waiting", "on_hold"];
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
    others_of_visit: without(view.others_of_visit, ticket.id),
  };
  const own = view.groups.includes(ticket.group);
  const elsewhere = ticket.desk !== null && ticket.desk !== view.number;
  if (IN_HAND.includes(ticket.state) && ticket.desk === view.number) {
    next.ticket = ticket;
    if (view.ticket?.id !== ticket.id) next.others_of_visit = next.queue.filter((each) => each.visit === ticket.visit);
  } else if (view.ticket?.id === ticket.id) {
    next.ticket = null;
    next.others_of_visit = [];
  }
  if (ticket.state === "waiting" && own && !elsewhere) {
    next.queue = [...next.queue, ticket].sort(byPlace);
  }
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
  if (frame.kind === "finished" && frame.desk === view.number) next.served_today += 1;
  const desk = frame.desk_summary;
  if (desk?.number === view.number) {
    next = { ...next, state: desk.state, operator_login: desk.operator_login };
  }
  return next;
}

/** Whether a frame or an answer changed more of this desk than it tells: then the snapshot is read again. */
export function needsSnapshot(before, after, frame = null) {
  // Whose desk it is says which groups it calls; a break has its reason; of a long queue only the head is here.
  const other = after.operator_login !== before.operator_login;
  const beyond = !isWhole(before) && before.groups.includes(frame?.ticket?.group);
  const pausedOrResumed = after.state !== before.state && [after.state, before.state].includes("paused");
  const taken = after.ticket && after.ticket.id !== before.ticket?.id;
  return other || beyond || pausedOrResumed || taken || ["day", "settings"].includes(frame?.kind);
}

/** A long queue travels only with its head: then `waiting` is more than what is listed. */
function isWhole(view) {
  return view.waiting <= view.queue.length;
}

function withState(view) {
  if (view.ticket) return { ...view, state: view.ticket.state === "called" ? "calling" : "serving" };
  return ["calling", "serving"].includes(view.state) ? { ...view, state: "ready" } : view;
}
