// Choosing a desk: one press on a free one takes it. Without this script the same rows are plain links.

import { send } from "./command.js";
import { follow, pictogram } from "./link.js";
import { data, setNow, t, tickClock } from "./texts.js";

const list = document.getElementById("desks");
let busy = false;
let seq = null;

list?.addEventListener("click", async (event) => {
  const row = event.target.closest("[data-free]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const answer = await send(`/desks/${row.dataset.number}/open`);
  if (answer.done) {
    location.assign(row.href);
    return;
  }
  busy = false;
  say(answer.lost ? t("lost") : (answer.refused.detail ?? t("strange")));
  refresh();
});

function say(text) {
  const box = Object.assign(document.createElement("div"), { className: "note alert" });
  box.append(pictogram("alert"), Object.assign(document.createElement("p"), { textContent: text }));
  document.getElementById("message").replaceChildren(box);
}

/** The server draws the rows; here they are only exchanged, and the focus stays on the same desk. */
let wanted = null;
function refresh() {
  clearTimeout(wanted);
  wanted = setTimeout(async () => {
    const page = await fetch(data.paths.desks, { credentials: "same-origin" }).then((r) => r.text(), () => null);
    const fresh = page && new DOMParser().parseFromString(page, "text/html").getElementById("desks");
    if (!fresh) return;
    const focused = document.activeElement?.dataset.number;
    list.replaceChildren(...fresh.children);
    if (focused) list.querySelector(`[data-number="${focused}"]`)?.focus();
  }, 200);
}

follow({
  after: () => seq,
  onFrame(frame) {
    seq = frame.seq;
    setNow(frame.at);
    if (list && (frame.desk_summary || frame.kind === "settings")) refresh();
  },
  onReset: refresh,
  async alive() {
    refresh();
  },
});
tickClock();
setInterval(tickClock, 1000);
