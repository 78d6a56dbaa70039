// The search: results while typing, and nothing moves unless somebody asked for it.

import { announceAfterRest, quiet } from "./announce.js";
import { call } from "./call.js";
import { focusCurrent, focusFirst, markKept, watchRows } from "./rows.js";
import { NoAnswer, post, SessionEnded } from "./talk.js";

const PAUSE_MS = 140;
const form = document.getElementById("ask");
export const box = document.getElementById("q");
const answer = document.getElementById("answer");
const trouble = document.getElementById("trouble");
const waiting = document.getElementById("waiting");
let timer = 0;
let current = null;
let answering = Promise.resolve();

export function setUpSearch() {
  box.addEventListener("input", () => {
    quiet();
    clearTimeout(timer);
    timer = setTimeout(() => search(null), PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    settled().then(focusCurrent);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stopWaiting();
    const button = event.submitter?.name ? event.submitter : null;
    search(button, !button);
  });
  answer.addEventListener("change", (event) => {
    if (event.target.matches("select[form=ask]")) search(null);
  });
  document.getElementById("try-again").addEventListener("click", () => search(null));
  watchRows(answer);
  markKept();
}

export function append(text) {
  box.focus();
  box.value += text;
  box.setSelectionRange(box.value.length, box.value.length);
  box.dispatchEvent(new Event("input"));
}

export function flip(value) {
  const button = document.createElement("button");
  [button.name, button.value] = ["switch", value];
  return search(button);
}

// The answer to what stands in the box now. Who keeps the first place must not keep the first one of half a word.
export function settled() {
  return stopWaiting() ? search(null) : answering;
}

function stopWaiting() {
  const waited = timer;
  clearTimeout(timer);
  timer = 0;
  return waited;
}

export function search(button, thenFocus = false) {
  timer = 0;
  answering = ask(button, thenFocus);
  return answering;
}

async function ask(button, thenFocus) {
  current?.abort();
  const mine = (current = new AbortController());
  const data = new FormData(form);
  if (button) data.append(button.name, button.value);
  const place = focusPlace();
  call.send({ type: "asked" });
  answer.setAttribute("aria-busy", "true");
  try {
    const reply = await post(form.action, data, mine.signal);
    const html = await reply.text();
    if (mine === current) show(reply, html, place, thenFocus);
  } catch (error) {
    if (error instanceof NoAnswer && mine === current) fail("", error instanceof SessionEnded);
    else if (error.name !== "AbortError") throw error;
  } finally {
    if (mine === current) answer.removeAttribute("aria-busy");
  }
}

function show(reply, html, place, thenFocus) {
  const ours = reply.headers.get("Content-Type")?.startsWith("text/html") && !html.startsWith("<!doctype");
  if (!reply.ok) return fail(ours ? html : "");
  trouble.hidden = true;
  answer.innerHTML = html;
  markKept();
  const said = answer.firstElementChild?.dataset.said;
  call.send({ type: said ? "answered" : "emptied" });
  if (said) announceAfterRest(said);
  if (thenFocus) focusFirst();
  else refocus(place);
  return undefined;
}

// What was answered stays; the notices of a danger stand first, whatever failed.
function fail(html, sessionEnded = false) {
  trouble.querySelector("[data-said-by-server]").innerHTML = html;
  trouble.querySelector("[data-own]").hidden = Boolean(html) || sessionEnded;
  trouble.querySelector("[data-session-ended]").hidden = !sessionEnded;
  trouble.hidden = false;
  trouble.querySelector("[data-old]").hidden = !answer.querySelector(".hit");
  call.send({ type: "failed" });
}

// Where the keyboard was inside the answer, so that it is there again after the answer was drawn anew.
function focusPlace() {
  const active = document.activeElement;
  if (!answer.contains(active)) return null;
  if (active.name === "switch") return `[name=switch][value$="${active.value.slice(1)}"]`;
  if (active.name === "ids") return `[name=ids][value="${active.value}"]`;
  return active.name ? `[name="${active.name}"]` : "[name=ids]";
}

function refocus(place) {
  if (place) (answer.querySelector(place) ?? box).focus({ preventScroll: true });
}

export function clearSearch() {
  stopWaiting();
  current?.abort();
  form.reset();
  box.value = "";
  trouble.hidden = true;
  answer.replaceChildren(waiting.content.cloneNode(true));
}
