// Those whom the desk is still to receive for sure: at an agreed time, and on hold until they are back with their papers.

import { callableFrom, endangered, inAPause, standing } from "./agreed.js";
import { pictogram } from "./link.js";
import { badge } from "./lists.js";
import { clock, data, now, put, t } from "./texts.js";

// A row that moves up must not be pressed instead of the one that has just gone.
const SETTLE_MS = 700;
const rows = { agreed: new Map(), "agreed-all": new Map(), held: new Map() };
const moved = { agreed: -Infinity, "agreed-all": -Infinity, held: -Infinity };
const byId = (id) => document.getElementById(id);
const all = byId("dialog-agreed");
const scrolls = matchMedia("(max-width: 1100px)");

byId("agreed-more").addEventListener("click", () => all.showModal());

/**
 * Shows both lists; an empty one is not there. `off` is the sentence why this desk can call nobody just now, `foreign`
 * why it is only looked at; `callByRecord(ticket)`, `comeBack(ticket)` and `refuse(sentence)` are what the buttons do.
 */
export function drawPromised(view, { off, foreign, callByRecord, comeBack, refuse }) {
  const at = now();
  const held = view.held;
  const agreed = view.appointments.slice(0, roomFor(held.length, view.appointments.length));
  const more = view.appointments.length > agreed.length;
  byId("agreed").hidden = !view.appointments.length;
  byId("held").hidden = !held.length;
  put(byId("count-agreed"), view.appointments.length);
  put(byId("agreed-more"), more ? t("agreed-all", { count: view.appointments.length }) : "");
  byId("agreed-more").hidden = !more;

  const drawAgreed = (row, ticket) => {
    const from = callableFrom(ticket, data.limits, at);
    const stands = standing(ticket, at);
    put(row.when, clock(ticket.slot));
    put(row.stands, t(stands));
    row.stands.classList.toggle("sure", stands === "agreed-here");
    set(row, off || (from ? t("why-agreed-early", { number: ticket.number, time: clock(from) }) : ""), refuse, () => callByRecord(ticket));
  };
  fill("agreed", agreed, "act-by-record", drawAgreed);
  fill("agreed-all", all.open ? view.appointments : [], "act-by-record", drawAgreed);
  if (all.open && !view.appointments.length) all.close();
  fill("held", held, "act-come-back", (row, ticket) => {
    put(row.stands, t("held-until", { time: clock(ticket.hold_until) }));
    set(row, foreign, refuse, () => comeBack(ticket));
  });
}

/** The nearest ones fit beside the queue; a page that scrolls shows a dozen. */
function roomFor(held, agreed) {
  const fits = innerHeight < 740 ? Math.max(1, 3 - held) : innerHeight < 900 ? Math.max(2, 4 - held) : 6;
  const room = scrolls.matches ? 12 : fits;
  return agreed <= room ? agreed : room;
}

/** Rows are kept by ticket, so that a list that moves does not take the focus from under the hand. */
function fill(name, tickets, action, draw) {
  const body = byId(`${name}-rows`);
  const known = rows[name];
  const wanted = tickets.map((ticket) => {
    if (!known.has(ticket.id)) known.set(ticket.id, newRow(name, ticket, action));
    const row = known.get(ticket.id);
    draw(row, ticket);
    return row.item;
  });
  for (const [id, row] of known) {
    if (wanted.includes(row.item)) continue;
    row.item.remove();
    known.delete(id);
    moved[name] = performance.now();
  }
  wanted.forEach((item, place) => {
    if (body.children[place] !== item) body.insertBefore(item, body.children[place] ?? null);
  });
}

function newRow(name, ticket, action) {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const row = { item: make("li", ""), when: make("b", "when"), stands: make("span", "stands") };
  Object.assign(row, { button: make("button", "button"), why: make("span", "unseen") });
  const number = make("span", "number");
  number.append(badge(ticket.letter), Object.assign(document.createElement("b"), { textContent: ticket.seq }));
  row.why.id = `${name}-why-${ticket.id}`;
  row.why.hidden = true; // read as the button's description only
  row.button.type = "button";
  put(row.button, t(action));
  row.button.setAttribute("aria-label", `${t(action)} ${ticket.number}`);
  row.button.addEventListener("keydown", (event) => event.repeat && event.key !== "Tab" && event.preventDefault());
  row.button.addEventListener("click", () => performance.now() - moved[name] < SETTLE_MS || press(row));
  row.item.append(...(ticket.held ? [] : [row.when]), number, row.stands, row.button, row.why);
  return row;
}

function set(row, why, refuse, act) {
  row.act = why ? () => refuse(why) : act;
  put(row.why, why);
  row.button.setAttribute("aria-disabled", Boolean(why));
  if (why) row.button.setAttribute("aria-describedby", row.why.id);
  else row.button.removeAttribute("aria-describedby");
}

function press(row) {
  if (all.open) all.close(); // what comes of it is said on the page
  row.act();
}

/** The line that stays in the eye of whoever serves or has a break while an agreed time comes near. */
export function drawEndangered(view) {
  const next = endangered(view, now());
  const text = next ? t("agreed-soon", { time: clock(next.slot), number: next.number }) : "";
  const line = byId("agreed-soon");
  if (line.textContent !== text) line.replaceChildren(...(text ? [pictogram("calendar"), text] : []));
}

/** Before a pause is chosen: whom it would keep waiting. */
export function warnOfPause(view) {
  const list = inAPause(view, now()).map((ticket) => t("agreed-one", { time: clock(ticket.slot), number: ticket.number }));
  const box = byId("pause-agreed");
  box.hidden = !list.length;
  put(box.lastElementChild, list.length ? t("agreed-in-pause", { list: list.join(", ") }) : "");
}
