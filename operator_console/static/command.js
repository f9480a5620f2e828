// Commands and questions to the server. A press has one key: however often it is sent, it happens once.

import { data } from "./texts.js";

const TRIES = 5;
const TIMEOUT_MS = 6000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** crypto.randomUUID exists only on https; a centre's own network may have none. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function leaveForSignIn() {
  location.assign(data.paths.signIn);
  return new Promise(() => {}); // the page is going away: nothing after this may run
}

/** `{done}` with the answer, `{refused}` with the problem, or `{lost}` when nothing is known to have happened. */
export async function send(path, body = {}) {
  const request = {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": data.language,
      "Idempotency-Key": newKey(),
      "X-CSRF-Token": document.querySelector("meta[name=csrf-token]").content,
    },
    body: JSON.stringify(body),
  };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt) await pause(250 * 2 ** attempt);
    let response;
    try {
      response = await fetch(data.api + path, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      continue; // out of reach: the same key goes again
    }
    if (response.status >= 500) continue;
    if (response.status === 401) return leaveForSignIn();
    const answer = await response.json().catch(() => null);
    if (!answer) return { refused: {} };
    return response.ok ? { done: answer } : { refused: answer };
  }
  return { lost: true };
}

/** A question; null when the server is out of reach or will not say. */
export async function ask(url) {
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      headers: { "Accept-Language": data.language },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 401) return leaveForSignIn();
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
