// The questions asked in a window: reason of a break, another outcome, where to transfer. Each answers null for «Назад».

import { ask } from "./command.js";
import { badge } from "./lists.js";
import { data, put, t } from "./texts.js";

const byId = (id) => document.getElementById(id);

/** Opens a window of buttons; resolves with the pressed one's value, null when closed without one. */
export function choose(id) {
  const dialog = byId(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue || null), { once: true }));
}

/** Shows a service's official name, up to 804 characters; false when the server is out of reach. */
export async function showName(number) {
  const catalogue = await ask(data.paths.catalogue);
  const service = catalogue?.services.find((each) => each.number === number);
  if (!service) return false;
  put(byId("name-number"), t("service-number", { number }));
  put(byId("name-text"), service.name);
  await choose("dialog-name");
  return true;
}

const form = byId("transfer");
const options = byId("transfer-options");
const find = byId("transfer-find");
const go = byId("transfer-go");
const say = byId("transfer-why");
let targets = { services: [], desks: [] };

const mode = () => form.elements.mode.value;
const picked = () => form.querySelector("input[name=target]:checked");

/** Asks where a ticket goes: `{service}`, `{desk}` or null. Only open providers, only desks that serve its queue. */
export async function askTransfer(view) {
  const [catalogue, desks] = await Promise.all([ask(data.paths.catalogue), ask(data.paths.deskList)]);
  if (!catalogue || !desks) return undefined;
  targets = { services: openServices(catalogue, view.ticket), desks: fittingDesks(desks, view) };
  const title = byId("transfer-title");
  put(title, title.dataset.text.replace("{number}", view.ticket.number));
  form.reset();
  draw();
  const answer = choose("dialog-transfer");
  find.focus();
  if ((await answer) !== "go" || !picked()) return null;
  return { [mode()]: Number(picked().value) };
}

function openServices(catalogue, ticket) {
  const open = new Set(catalogue.providers.filter((each) => each.open).map((each) => each.code));
  const groups = new Map(catalogue.groups.map((each) => [each.code, each]));
  return catalogue.services
    .filter((each) => open.has(groups.get(each.group)?.provider) && each.number !== ticket.service)
    .map((each) => ({ value: each.number, lead: `№\u00a0${each.number}`, text: each.short_name, name: each.name, letter: groups.get(each.group).letter }));
}

function fittingDesks(desks, view) {
  return desks
    .filter((each) => each.number !== view.number && each.state !== "closed" && each.groups.includes(view.ticket.group))
    .map((each) => ({ value: each.number, lead: `№\u00a0${each.number}`, text: fullName(each.operator) || each.operator_login, state: t(`state-${each.state}`) }));
}

const fullName = (name) => [name?.surname, name?.given_name, name?.patronymic].filter(Boolean).join(" ");

function draw() {
  const desks = mode() === "desk";
  find.hidden = desks;
  const asked = find.value.trim().toLocaleLowerCase();
  const words = asked.split(/\s+/);
  const fits = (each) => {
    const text = `${each.value} ${each.text} ${each.name}`.toLocaleLowerCase();
    return /^\d+$/.test(asked) ? String(each.value).startsWith(asked) : words.every((word) => text.includes(word));
  };
  const list = desks ? targets.desks : targets.services.filter(fits);
  options.replaceChildren(options.querySelector("legend"), ...list.map(option));
  if (!list.length) {
    const nothing = document.createElement("p");
    nothing.textContent = t(desks ? "transfer-no-desk" : "transfer-no-service");
    options.append(nothing);
  }
  // A single match needs no second choice: Enter sends it.
  if (asked && !desks && list.length === 1) options.querySelector("input").checked = true;
  options.scrollTop = 0;
  refresh();
}

function option({ value, lead, text, letter, state }) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "target", value });
  const number = Object.assign(document.createElement("span"), { className: "muted", textContent: lead });
  const words = Object.assign(document.createElement("b"), { textContent: text });
  label.append(input, number, words);
  if (letter) label.append(badge(letter));
  if (state) label.append(Object.assign(document.createElement("span"), { className: "muted", textContent: state }));
  return label;
}

function refresh() {
  const ready = Boolean(picked());
  go.setAttribute("aria-disabled", !ready);
  go.classList.toggle("primary", ready);
  put(say, "");
}

form.addEventListener("change", (event) => (event.target.name === "mode" ? draw() : refresh()));
find.addEventListener("input", draw);
find.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  const first = picked() ?? options.querySelector("input");
  first?.focus();
  first?.click();
});
go.addEventListener("click", (event) => {
  if (picked()) return;
  event.preventDefault();
  put(say, t("why-pick"));
});
byId("transfer-back").addEventListener("click", () => byId("dialog-transfer").close(""));
