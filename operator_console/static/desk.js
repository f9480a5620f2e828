// A desk at work: draws what the fold says, turns presses into commands, keeps the hands' places.

import { ask, send } from "./command.js";
import { askTransfer, choose, showName } from "./dialogs.js";
import { needsSnapshot, takeFrame, takeSnapshot, takeTicket } from "./fold.js";
import { follow, pictogram } from "./link.js";
import { drawLists } from "./lists.js";
import { drawEndangered, drawPromised, warnOfPause } from "./promised.js";
import { firstRow, stepsAt } from "./steps.js";
import { clock, data, minutesSince, now, put, setNow, span, t, tickClock, waited } from "./texts.js";

const KEYS = { F2: "next", F4: "start", F8: "recall", F9: "finish" };
const KEY_OF = Object.fromEntries(Object.entries(KEYS).map(([key, action]) => [action, key]));
const OTHERS = ["outcome", "transfer", "no-show", "withdraw", "pause", "close"];
// A second click of a double click must not fall on the step that has just taken the first one's place.
const SETTLE_MS = 700;
const SLOW_MS = 500;

const byId = (id) => document.getElementById(id);
const number = data.desk.number;
let view = data.desk;
let catalogue = data.catalogue;
let busy = false;
let steps = { primary: null, off: {} };
let changedAt = -Infinity;

// --- what is shown ---------------------------------------------------------------------------------------------

const stepButtons = [0, 1, 2, 3].map((place) => newButton("steps", `step-${place}`));
const otherButtons = OTHERS.map((action) => newButton("others", `do-${action}`));

function newButton(row, id) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", id });
  const reason = Object.assign(document.createElement("span"), { className: "unseen", id: `${id}-why` });
  reason.hidden = true; // read as the button's description only
  button.append(document.createElement("span"));
  button.addEventListener("click", () => click(button));
  button.addEventListener("keydown", (event) => event.repeat && event.key !== "Tab" && event.preventDefault());
  button.addEventListener("focus", () => button.matches(":focus-visible") && hint(button));
  button.addEventListener("blur", () => byId("hint").replaceChildren());
  byId(row).append(button, reason);
  return button;
}

function drawButton(button, action, primary) {
  if (button.dataset.action !== action) {
    button.dataset.action = action;
    put(button.firstChild, t(`act-${action}`));
    button.querySelector("kbd")?.remove();
    button.removeAttribute("aria-keyshortcuts");
    if (KEY_OF[action]) {
      button.append(Object.assign(document.createElement("kbd"), { textContent: KEY_OF[action] }));
      button.setAttribute("aria-keyshortcuts", KEY_OF[action]);
    }
  }
  const reason = steps.off[action];
  const why = byId(`${button.id}-why`);
  put(why, reason ? reasonText(reason) : "");
  if (reason) button.setAttribute("aria-describedby", why.id);
  else button.removeAttribute("aria-describedby");
  button.setAttribute("aria-disabled", Boolean(reason));
  button.classList.toggle("primary", Boolean(primary && !reason));
}

function drawButtons() {
  const before = steps.primary;
  steps = stepsAt(view, data.me.login, data.limits, now());
  if (before !== steps.primary) changedAt = performance.now();
  firstRow(steps.primary).forEach((action, place) => drawButton(stepButtons[place], action, place === 0));
  otherButtons.forEach((button, place) => drawButton(button, OTHERS[place], false));
  if (byId("hint").childNodes.length && document.activeElement?.dataset.action) hint(document.activeElement);
}

function reasonText({ text, values }) {
  return t(text, values.wait === undefined ? values : { time: span(values.wait + 999) });
}

function drawTicket() {
  const ticket = view.ticket;
  const plate = byId("plate");
  plate.classList.toggle("empty", !ticket);
  put(plate.children[0], ticket?.letter ?? "");
  put(plate.children[1], ticket?.seq ?? "");
  plate.dataset.figures = ticket ? String(ticket.seq).length : "";
  byId("facts").classList.toggle("off", !ticket);
  byId("full-name").hidden = !ticket || !service(ticket);
  if (ticket) {
    put(byId("service"), service(ticket)?.short_name ?? t("service-number", { number: ticket.service }));
    put(byId("service-number"), t("service-number", { number: ticket.service }));
    put(byId("issued"), clock(ticket.issued_at));
    put(byId("calls"), t("calls-so-far", { count: ticket.calls, limit: data.limits.max_calls }));
  } else if (view.state === "closed") {
    put(byId("service"), t("idle-closed"));
    put(byId("service-number"), "");
  } else {
    const longest = view.queue.length && Math.max(...view.queue.map((each) => minutesSince(each.queue_key)));
    put(byId("service"), view.queue.length ? t("idle-queue", { count: view.waiting }) : t("idle-nobody"));
    put(byId("service-number"), longest ? t("idle-longest", { minutes: longest }) : "");
    put(byId("calls-live"), ""); // so that the same number called again is said again
  }
  document.title = ticket ? `${ticket.number} · ${t("desk-title", { desk: number })}` : t("desk-title", { desk: number });
}

function drawState() {
  const { ticket, state } = view;
  const paused = state === "paused" && view.pause_reason ? ` · ${t(`pause-${view.pause_reason}`)}` : "";
  put(byId("state"), t(`state-${state}`) + paused);
  const since = { calling: ticket?.first_called_at, serving: ticket?.started_at }[state] ?? view.since;
  put(byId("timer"), since ? span(now() - Date.parse(since)) : "");
  if (ticket) {
    const until = Date.parse(ticket.first_called_at ?? ticket.called_at) - Date.parse(ticket.issued_at);
    const minutes = Math.max(0, Math.floor(until / 60000));
    put(byId("waited"), minutes ? t("minutes", { minutes }) : t("under-a-minute"));
  }
  drawEndangered(view);
}

const service = (ticket) => catalogue.services.find((each) => each.number === ticket.service);

function drawKept() {
  const off = steps.off.next ? reasonText(steps.off.next) : "";
  const foreign = view.operator_login === data.me.login ? "" : off;
  drawPromised(view, { off, foreign, callByRecord, comeBack, refuse: say });
}

function draw() {
  drawTicket();
  drawState();
  drawButtons();
  drawKept(); // the queue has the room that these leave
  drawLists(view, reinstate);
  drawOthersOfVisit();
  put(byId("served"), view.served_today);
}

// --- what is said ----------------------------------------------------------------------------------------------

let said = null; // the message on the line: it stays until the next one, for nobody is hurried

function note(text, alert = false) {
  const box = Object.assign(document.createElement("div"), { className: alert ? "note alert" : "note" });
  if (alert) box.append(pictogram("alert"));
  box.append(Object.assign(document.createElement("p"), { textContent: text }));
  return box;
}

function say(text, alert = false) {
  said = text;
  byId("message").replaceChildren(...(text ? [note(text, alert)] : []));
  byId("hint").replaceChildren();
}

function hint(button) {
  const reason = steps.off[button.dataset.action];
  const text = reason ? reasonText(reason) : "";
  if (byId("hint").textContent !== text) byId("hint").replaceChildren(...(text ? [note(text)] : []));
}

function othersOfVisit() {
  const numbers = view.ticket ? view.others_of_visit.map((each) => each.number).join(", ") : "";
  return numbers && t("siblings", { numbers });
}

/** Other tickets of the same visit stand on the line while nothing else is said. */
function drawOthersOfVisit() {
  const text = othersOfVisit();
  const box = byId("message");
  if (said === null && box.textContent !== text) box.replaceChildren(...(text ? [note(text)] : []));
}

// --- what is done ----------------------------------------------------------------------------------------------

const SAID = {
  open: "said-opened", recall: "said-recalled", finish: "said-finished", transfer: "said-transferred",
  "no-show": "said-missed", withdraw: "said-withdrawn", pause: "said-paused", resume: "said-resumed",
};

function click(button) {
  if (stepButtons.includes(button) && performance.now() - changedAt < SETTLE_MS) return;
  press(button.dataset.action);
}

async function press(action) {
  if (busy || document.querySelector("dialog[open]")) return;
  const reason = steps.off[action];
  if (reason) {
    say(reasonText(reason));
    return;
  }
  let verb = action;
  let body = {};
  if (action === "pause") warnOfPause(view);
  if (action === "pause") body = await choose("dialog-pause").then((chosen) => chosen && { reason: chosen });
  if (action === "outcome") {
    verb = "finish";
    body = await choose("dialog-outcome").then((chosen) => chosen && { outcome: chosen });
  }
  if (action === "transfer") body = await askTransfer(view);
  if (body === undefined) say(t("lost-question"), true);
  if (!body) return;
  // The frame may be here before the answer, with empty hands.
  const ticket = view.ticket?.number ?? "";
  const more = othersOfVisit();
  await command(`/desks/${number}/${verb === "next" ? "call-next" : verb}`, body, (answer) => {
    if (verb === "next") return called(answer);
    view = takeSnapshot(view, answer);
    if (verb === "close") location.assign(data.paths.desks);
    else if (verb === "start") {
      say(null); // the state line shows it; the message line is left to the visit's other tickets
      put(byId("calls-live"), t("said-started", { number: ticket }));
    } else say([t(SAID[verb], { number: ticket }), verb === "finish" && more].filter(Boolean).join(". "));
  });
}

function called(answer) {
  if (!answer.ticket) {
    say(t(answer.reason === "siblings_served" ? "said-siblings" : "said-nobody"));
    return;
  }
  const before = view;
  view = takeTicket(view, answer.ticket);
  if (needsSnapshot(before, view)) reread(); // other tickets of the same visit
  say(null);
  put(byId("calls-live"), t("said-called", { number: answer.ticket.number }));
}

const reinstate = (ticket) => {
  if (busy) return;
  command(`/tickets/${ticket.id}/reinstate`, {}, (answer) => {
    view = takeTicket(view, answer);
    say(t("said-reinstated", { number: ticket.number }));
    byId("tab-missed").focus();
  });
};

function callByRecord(ticket) {
  if (busy) return;
  command(`/desks/${number}/call-by-record`, { ticket: ticket.id }, (answer) => {
    called(answer);
    stepButtons[0].focus();
  });
}

function comeBack(ticket) {
  if (busy) return;
  command(`/tickets/${ticket.id}/return`, {}, (answer) => {
    view = takeTicket(view, answer);
    say(t("said-returned", { number: ticket.number }));
    stepButtons[0].focus();
  });
}

/** One command at a time. While it travels, every other press is ignored: a double click is one command. */
async function command(path, body, onDone) {
  busy = true;
  byId("steps").setAttribute("aria-busy", "true");
  const slow = setTimeout(() => say(t("sending")), SLOW_MS);
  const answer = await send(path, body);
  clearTimeout(slow);
  byId("steps").removeAttribute("aria-busy");
  busy = false;
  if (answer.done) {
    onDone(answer.done);
    drawButtons();
    // The pressed place is off now: the hand is led to the next step, not left on a dashed line.
    if (steps.off[document.activeElement?.dataset.action]) stepButtons[0].focus();
  }
  if (answer.refused) {
    say(answer.refused.detail ?? t("strange"), true);
    reread(); // refused: what is shown here may be behind
  }
  if (answer.lost) {
    say(t("lost"), true);
    line.doubt();
  }
  draw();
}

/** Reads the desk anew; several wishes at once are one question. */
let reading = null;
function reread() {
  reading ??= new Promise((done) => setTimeout(done, 50)).then(readDesk);
  return reading;
}

async function readDesk() {
  reading = null;
  const snapshot = await ask(`${data.api}/desks/${number}`);
  if (!snapshot) return;
  setNow(snapshot.now);
  view = takeSnapshot(view, snapshot);
  draw();
}

// --- what comes in ---------------------------------------------------------------------------------------------

function onFrame(frame) {
  const before = view;
  view = takeFrame(view, frame);
  if (view === before) return;
  if (needsSnapshot(before, view, frame)) reread();
  if (frame.kind === "settings" || frame.kind === "day") {
    ask(data.paths.catalogue).then((fresh) => {
      catalogue = fresh ?? catalogue;
      draw();
    });
  }
  draw();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const action = KEYS[event.key];
  if (!action && event.key !== "F1") return;
  event.preventDefault();
  if (event.repeat || document.querySelector("dialog[open]")) return;
  if (action) press(action);
  else choose("dialog-keys");
});
byId("show-keys").addEventListener("click", () => choose("dialog-keys"));
byId("full-name").addEventListener("click", async () => {
  if (!(await showName(view.ticket.service))) say(t("lost-question"), true);
});

const line = follow({ after: () => view.seq, onFrame, onReset: reread, alive: reread });
draw();
tickClock();
stepButtons[0].focus({ preventScroll: true });
changedAt = -Infinity; // nothing was pressed yet
document.fonts.ready.then(draw); // rows are counted anew with the real letters
setInterval(() => {
  tickClock();
  drawState();
  drawButtons();
  drawKept();
}, 1000);
setInterval(draw, 15000); // waiting minutes
