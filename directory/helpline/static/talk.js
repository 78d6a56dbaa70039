// Talking to the server: the words of a caller travel in the body of one request and nowhere else. A session that ended asks for
// the password in place, and then the same request is sent again.

const REST_MS = 700; // longer than between two letters
const HEADERS = { "X-Helpline-Desk": "1" };
const body = document.body;
const dialog = document.getElementById("login-dialog");
const form = document.getElementById("login-form");
const problem = form.querySelector(".problem");
let asking = null;
let typedAt = -REST_MS;
document.addEventListener("keydown", () => { typedAt = performance.now(); }, true);

export class NoAnswer extends Error {}

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
  let answer = await reach();
  if (answer.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * (answer.headers.get("Retry-After") || 1)));
    answer = await reach(); // many desks behind one address: a moment later there is room
  }
  if (answer.status !== 401) return answer;
  await logInAgain();
  return reach();
}

export function logInAgain() {
  asking ??= handsAtRest().then(askForPassword).finally(() => { asking = null; });
  return asking;
}

// What a caller says must not end in the box of the password because somebody was still typing it.
async function handsAtRest() {
  const left = () => typedAt + REST_MS - performance.now();
  while (left() > 0) await new Promise((resolve) => setTimeout(resolve, left()));
}

function askForPassword() {
  return new Promise((resolve, reject) => {
    dialog.showModal();
    form.elements.password.focus();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "in") resolve();
      else reject(new NoAnswer());
      dialog.returnValue = "";
    }, { once: true });
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: HEADERS, cache: "no-store" });
    const said = await answer.json();
    if (!answer.ok) return refuse(said.problem);
    useToken(said.form_token);
    form.elements.password.value = "";
    return dialog.close("in");
  } catch {
    return refuse(form.dataset.failed);
  }
});

// Who logged in beside the page, with the account of their organization, goes on here.
document.getElementById("signed-on")?.addEventListener("click", async () => {
  try {
    const answer = await fetch("/helpline/session", { headers: HEADERS, cache: "no-store" });
    if (!answer.ok) return refuse(form.dataset.still);
    useToken((await answer.json()).form_token);
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

function useToken(token) {
  body.dataset.token = token;
  for (const field of document.querySelectorAll("input[name=form_token]")) field.value = token;
}
