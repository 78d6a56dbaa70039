// Talking to the server: the words of a caller travel in the body of one request and nowhere else. A session that ended asks for
// the password in place, and then the same request is sent again. Where somebody logged in beside this page, it goes on with them.

import { announce } from "./announce.js";
import { say, words } from "./call.js";

const REST_MS = 700; // longer than between two letters
const HEADERS = { "X-Helpline-Desk": "1" };
const SESSION = "/helpline/session";
const body = document.body;
const dialog = document.getElementById("login-dialog");
const form = document.getElementById("login-form");
const title = form.querySelector("h2");
const problem = form.querySelector(".problem");
let asking = null;
let typedAt = -REST_MS;
document.addEventListener("keydown", () => { typedAt = performance.now(); }, true);

export class NoAnswer extends Error {}
export class SessionEnded extends NoAnswer {}

export async function post(address, data, signal) {
  return send(address, (token) => {
    data.set("form_token", token);
    return { method: "POST", body: data, signal };
  });
}

export async function get(address, signal) {
  return send(address, () => ({ signal }));
}

async function send(address, request) {
  const settings = { headers: HEADERS, credentials: "same-origin", cache: "no-store", redirect: "error" };
  const reach = async () => {
    try {
      return await fetch(address, { ...settings, ...request(body.dataset.token) });
    } catch (error) {
      throw error.name === "AbortError" ? error : new NoAnswer();
    }
  };
  const used = body.dataset.token;
  let answer = await reach();
  if (answer.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * (answer.headers.get("Retry-After") || 1)));
    answer = await reach(); // many desks behind one address: a moment later there is room
  }
  if (answer.status === 403 && (await hasAnotherSession(used))) return reach();
  if (answer.status !== 401) return answer;
  await logInAgain();
  return reach();
}

// Two pages of one browser have one session: whoever logged in last. Tells whether its token is another than the one that was used.
async function hasAnotherSession(used) {
  try {
    if (body.dataset.token !== used) return true; // another request has found it already
    const answer = await fetch(SESSION, { headers: HEADERS, cache: "no-store" });
    if (answer.ok) use(await answer.json());
  } catch {
    // no connection: the answer that came says the rest
  }
  return body.dataset.token !== used;
}

export function logInAgain() {
  asking ??= handsAtRest().then(askForPassword).finally(() => { asking = null; });
  return asking;
}

// What a caller says must not end in the box of the password because somebody was still typing it: the page waits until the hands
// rest, and then the keyboard is on the title, so that it takes a key on purpose to reach the box.
async function handsAtRest() {
  const left = () => typedAt + REST_MS - performance.now();
  while (left() > 0) await new Promise((resolve) => setTimeout(resolve, left()));
}

function askForPassword() {
  return new Promise((resolve, reject) => {
    dialog.showModal();
    title.focus();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "in") resolve();
      else reject(new SessionEnded());
      dialog.returnValue = "";
    }, { once: true });
  });
}

title.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey) return;
  event.preventDefault();
  form.elements[form.elements.login.value ? "password" : "login"].focus();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: HEADERS, cache: "no-store" });
    const said = await answer.json();
    if (!answer.ok) return refuse(said.problem);
    use(said);
    form.elements.password.value = "";
    return dialog.close("in");
  } catch {
    return refuse(form.dataset.failed);
  }
});

// Who logged in beside the page, with the account of their organization, goes on here.
document.getElementById("signed-on")?.addEventListener("click", async () => {
  try {
    const answer = await fetch(SESSION, { headers: HEADERS, cache: "no-store" });
    if (!answer.ok) return refuse(form.dataset.still);
    use(await answer.json());
    return dialog.close("in");
  } catch {
    return refuse(form.dataset.failed);
  }
});

function refuse(text) {
  problem.textContent = text;
  problem.hidden = false;
  form.elements.password.select();
}

// A session: the token of its forms, and who is at work now, which calls and notes are recorded under.
function use({ form_token: token, login }) {
  body.dataset.token = token;
  for (const field of document.querySelectorAll("input[name=form_token]")) field.value = token;
  const name = document.getElementById("at-work");
  if (name.textContent === login) return;
  name.textContent = login;
  form.elements.login.value = login;
  announce(say(words.works_now, { login }));
}
