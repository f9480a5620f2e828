// The line to the server: frames as they happen, and whether the line is alive. Never shows yesterday as if it were now.

import { clock, data, now, put, setNow, t } from "./texts.js";

const KINDS =
  "issued called recalled started finished missed withdrawn transferred reinstated held returned snoozed resumed released " +
  "rejected reopened undone expected checked_in claimed cancelled expired desk day settings";
const SILENCE_MS = 45000; // heartbeats come every 15 s or so
const AGAIN_MS = 3000;

/**
 * Follows the staff stream for the life of the page. `after()` is the log's number already known, or null; `onFrame(frame)`
 * gets each frame; `onReset()` is asked to read the snapshot; `alive()` tells whether the server answers at all.
 */
export function follow({ after, onFrame, onReset, alive }) {
  let source = null;
  let lastHeard = now();
  let again = null;
  let asked = false;

  function open() {
    close();
    const known = after();
    source = new EventSource(`${data.api}/staff/events${known === null ? "" : `?after=${known}`}`);
    source.onopen = up;
    source.onerror = () => {
      down();
      // After an answer that is not a stream the browser gives up by itself; find out why and try anew.
      if (source?.readyState === EventSource.CLOSED) retry();
    };
    for (const kind of ["message", "frame", ...KINDS.split(" ")]) {
      source.addEventListener(kind, (event) => {
        heard();
        onFrame(JSON.parse(event.data));
      });
    }
    source.addEventListener("heartbeat", (event) => {
      heard();
      setNow(JSON.parse(event.data).now);
    });
    source.addEventListener("reset", () => {
      heard();
      onReset();
    });
  }
  function close() {
    clearTimeout(again);
    again = null;
    source?.close();
    source = null;
  }
  function retry() {
    if (again !== null) return;
    again = setTimeout(async () => {
      again = null;
      if (asked) return;
      asked = true;
      await alive(); // leads to the sign-in page when that is why
      asked = false;
      open();
    }, AGAIN_MS);
  }
  function heard() {
    lastHeard = now();
    up();
  }
  function lost() {
    down();
    close();
    retry();
  }

  setInterval(() => {
    if (source && now() - lastHeard > SILENCE_MS) {
      lastHeard = now();
      lost();
    }
  }, 5000);
  addEventListener("offline", lost);
  addEventListener("online", open);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && (onReset(), open()));
  open();
  return { doubt: lost };
}

const shown = document.getElementById("link");
let isUp = null;

function up() {
  if (isUp === true) return;
  isUp = true;
  shown.classList.remove("down");
  put(shown, t("link-up"));
}

function down() {
  if (isUp === false) return;
  isUp = false;
  shown.classList.add("down");
  shown.replaceChildren(pictogram("alert"), t("link-down", { time: clock(now()) }));
}

export function pictogram(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "pictogram");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#pictogram-${name}`);
  svg.append(use);
  return svg;
}

if (isUp === null) put(shown, t("link-wait"));
