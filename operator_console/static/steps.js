// Which step is the next one, and which are off and why. Pure. The server decides; this only saves a useless press.

const NEXT_STEP = { closed: "open", ready: "next", calling: "start", serving: "finish", paused: "resume" };
const WITH_VISITOR = ["start", "recall", "no-show", "withdraw", "finish", "outcome", "transfer"];

const why = (text, values = {}) => ({ text, values });

/**
 * `{primary, off}`: the one accent action, and for each action that is off the text that says why.
 * `at` is the server's time in milliseconds; `wait` in a reason's values is milliseconds still to go.
 */
export function stepsAt(view, login, limits, at) {
  const primary = NEXT_STEP[view.state];
  const off = {};
  const put = (actions, reason) => actions.forEach((action) => (off[action] ??= reason));
  const all = ["next", ...WITH_VISITOR, "pause", "close"];
  const number = view.ticket?.number;

  if (view.state !== "closed" && view.operator_login !== login) {
    const { surname = "", given_name = "" } = view.operator ?? {};
    const name = `${surname} ${given_name}`.trim() || view.operator_login;
    put(["open", "resume", ...all], why("why-not-mine", { name }));
    return { primary: null, off };
  }
  switch (view.state) {
    case "closed":
      put(all, why("why-not-open"));
      break;
    case "paused":
      put(["next", ...WITH_VISITOR, "pause"], why("why-paused"));
      break;
    case "ready":
      put(["finish", "outcome"], why("why-no-ticket-called"));
      put(WITH_VISITOR, why("why-no-ticket"));
      break;
    case "calling":
      put(["next", "pause", "close"], why("why-answer-first", { number }));
      put(["finish", "outcome", "transfer"], why("why-start-first"));
      Object.assign(off, ofCall(view.ticket, limits, at));
      break;
    case "serving":
      put(["next", "pause", "close"], why("why-finish-first", { number }));
      put(["start", "recall", "no-show", "withdraw"], why("why-already-here"));
      break;
  }
  return { primary, off };
}

/** A call may be repeated after a while and a few times; a no-show needs calls and time. */
function ofCall(ticket, limits, at) {
  const off = {};
  const sinceLast = at - Date.parse(ticket.called_at ?? ticket.first_called_at);
  const sinceFirst = at - Date.parse(ticket.first_called_at ?? ticket.called_at);
  if (ticket.calls >= limits.max_calls) {
    off.recall = why("why-recall-max", { count: ticket.calls });
  } else if (sinceLast < limits.recall_min_s * 1000) {
    off.recall = why("why-recall-wait", { wait: limits.recall_min_s * 1000 - sinceLast });
  }
  if (ticket.calls < limits.no_show_calls) {
    off["no-show"] = why("why-no-show-calls", { need: limits.no_show_calls, count: ticket.calls });
  } else if (sinceFirst < limits.no_show_min_s * 1000) {
    off["no-show"] = why("why-no-show-wait", { wait: limits.no_show_min_s * 1000 - sinceFirst });
  }
  return off;
}

/**
 * The first row's four places. The next step stands first; the others keep their places for ever, and
 * «Завершити», which is off whenever it is not the next step, stands in the place the next step left.
 */
export function firstRow(primary) {
  const home = ["finish", "next", "start", "recall"];
  if (!primary) return home;
  return [primary, ...home.slice(1).map((action) => (action === primary ? "finish" : action))];
}
