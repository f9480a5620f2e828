// The lists beside the work: the desk's own queue and who missed a call. As many rows as fit, then how many more.

import { clock, languageName, put, t, waited } from "./texts.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
const rows = { queue: new Map(), missed: new Map() };
let latest = null;

export function badge(letter) {
  const element = document.createElement("span");
  element.className = "badge";
  element.textContent = letter;
  return element;
}

/** Shows both lists of the desk; `reinstate(ticket)` is what the button of a missed one does. */
export function drawLists(view, reinstate) {
  latest = [view, reinstate];
  put(document.getElementById("count-queue"), view.waiting);
  put(document.getElementById("count-missed"), view.missed.length);
  const calledAt = (ticket) => ticket.ended_at ?? ticket.called_at ?? ticket.issued_at;
  const missed = [...view.missed].sort((a, b) => (calledAt(a) < calledAt(b) ? 1 : -1));
  const nobody = view.state === "closed" ? "" : t("queue-empty");
  fill("queue", view.queue, view.waiting, nobody, (row, ticket) => {
    put(row.cells[1], notes(ticket));
    put(row.cells[2], ticket.kind === "appointment" ? clock(ticket.queue_key) : waited(ticket.queue_key));
  });
  fill("missed", missed, missed.length, nobody && t("missed-empty"), (row, ticket) => {
    put(row.cells[1], clock(calledAt(ticket)));
    if (!row.cells[2].firstChild) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = t("act-reinstate");
      button.setAttribute("aria-label", `${t("act-reinstate")} ${ticket.number}`);
      button.addEventListener("click", () => reinstate(ticket));
      row.cells[2].append(button);
    }
  });
}

function notes(ticket) {
  const words = [];
  if (ticket.returns || ticket.returned) words.push(t("note-return"));
  if (ticket.language !== "uk") words.push(t("note-language", { language: languageName(ticket.language) }));
  return words.join(", ");
}

/** Rows are kept by ticket, so that a list that moves does not take the focus from under the hand. */
function fill(name, tickets, inAll, nobody, draw) {
  const body = document.getElementById(name);
  const known = rows[name];
  const count = fitting(document.getElementById(`panel-${name}`), inAll);
  const shown = tickets.slice(0, count);
  const wanted = shown.map((ticket) => {
    if (!known.has(ticket.id)) known.set(ticket.id, newRow(ticket));
    const row = known.get(ticket.id);
    draw(row, ticket);
    return row;
  });
  for (const [id, row] of known) {
    if (!wanted.includes(row)) {
      row.remove();
      known.delete(id);
    }
  }
  wanted.forEach((row, place) => {
    if (body.children[place] !== row) body.insertBefore(row, body.children[place] ?? null);
  });
  const more = inAll - shown.length;
  put(document.getElementById(`${name}-more`), more ? t("rows-more", { count: more }) : inAll ? "" : nobody);
}

function newRow(ticket) {
  const row = document.createElement("tr");
  const number = row.insertCell();
  number.className = "number";
  const figures = document.createElement("b");
  figures.textContent = ticket.seq;
  number.append(badge(ticket.letter), figures);
  row.insertCell().className = "note-cell";
  row.insertCell().className = "figure";
  return row;
}

/** How many rows fit; where the page may scroll (a small window, a large zoom) the list ends after a dozen. */
function fitting(panel, count) {
  if (matchMedia("(max-width: 1100px)").matches) return Math.min(count, 12);
  const high = panel.hidden ? document.getElementById("panel-queue").clientHeight : panel.clientHeight;
  const row = parseFloat(getComputedStyle(document.querySelector(".more")).height) || 52;
  const room = Math.max(1, Math.floor((high - 46) / (matchMedia("(min-width: 1600px)").matches ? 57 : Math.max(row, 53))));
  return count <= room ? count : room - 1;
}

function choose(tab) {
  for (const each of tabs) {
    const on = each === tab;
    each.setAttribute("aria-selected", on);
    each.tabIndex = on ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).hidden = !on;
  }
  if (latest) drawLists(...latest);
}

tabs.forEach((tab, place) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(place + step + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  });
});
addEventListener("resize", () => latest && drawLists(...latest));
