// Practice: made-up callers one after the other, and how many keys a call took. Nothing is sent or kept.

import { call, practising, say, words } from "./call.js";

const MODIFIERS = new Set(["Control", "Alt", "Shift", "Meta"]);
let number = 0;
let keys = 0;
let began = 0;

export function setUpPractice() {
  if (!practising) return;
  const calls = JSON.parse(document.body.dataset.practice);
  document.getElementById("practice-call").hidden = false;
  document.getElementById("practice-next").addEventListener("click", () => show(calls, (number + 1) % calls.length));
  document.addEventListener("keydown", (event) => {
    if (!MODIFIERS.has(event.key) && !event.repeat) count();
  }, true);
  call.changed((now, before) => {
    if (now.kept !== before.kept) report();
  });
  show(calls, 0);
}

export function startAgain() {
  keys = 0;
  began = 0;
  if (practising) document.getElementById("practice-count").textContent = "";
}

function count() {
  began ||= Date.now();
  keys += 1;
}

function report() {
  const seconds = Math.round((Date.now() - (began || Date.now())) / 1000);
  document.getElementById("practice-count").textContent = say(words.practised, { keys, seconds });
}

function show(calls, at) {
  number = at;
  startAgain();
  document.getElementById("practice-who").textContent = `${at + 1}. ${calls[at].caller}`;
  document.getElementById("practice-words").textContent = calls[at].says;
  const goals = calls[at].goals.map((goal) => {
    const item = document.createElement("li");
    item.textContent = goal;
    return item;
  });
  document.getElementById("practice-goals").replaceChildren(...goals);
}
