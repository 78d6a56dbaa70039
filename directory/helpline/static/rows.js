// The rows of the answer: one stop of the Tab key for all of them, arrows between them, a tick keeps a place.

import { announce } from "./announce.js";
import { call, say, words } from "./call.js";
import { fillPlace } from "./places.js";
import { has, isFull, MOST_KEPT } from "./state.js";

const answer = document.getElementById("answer");
const boxes = () => [...answer.querySelectorAll("input[name=ids]")];

export function watchRows() {
  answer.addEventListener("change", (event) => {
    if (event.target.name === "ids") keep(event.target);
  });
  answer.addEventListener("keydown", (event) => {
    if (event.target.name === "ids" && !event.ctrlKey && !event.altKey && !event.metaKey) press(event);
  });
  answer.addEventListener("focusin", (event) => {
    if (event.target.name === "ids") rove(event.target);
  });
  answer.addEventListener("toggle", (event) => {
    const row = event.target.closest(".hit");
    if (row && event.target.open) fillPlace(event.target.querySelector("[data-place]"), row.dataset.id);
  }, true);
}

function press(event) {
  const all = boxes();
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const details = event.target.closest(".hit").querySelector("details");
  if (to !== undefined) {
    event.preventDefault();
    if (to < 0) document.getElementById("q").focus();
    else all[Math.min(to, all.length - 1)].focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.target.click();
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    details.open = event.key === "ArrowRight";
  }
}

function rove(current) {
  for (const box of boxes()) box.tabIndex = box === current ? 0 : -1;
}

export function focusFirst() {
  const first = boxes()[0];
  if (first) first.focus();
}

export function focusCurrent() {
  const all = boxes();
  (all.find((box) => box.tabIndex === 0) ?? all[0])?.focus();
}

export function keepNumber(number) {
  answer.querySelectorAll("#hits input[name=ids]")[number - 1]?.click();
}

function keep(box) {
  if (!box.checked) return call.send({ type: "removed", id: box.value });
  if (isFull(call.now)) {
    box.checked = false;
    return announce(words.full);
  }
  const { name, label, number, who, sold, milesEn, milesEs } = box.dataset;
  call.send({ type: "kept", place: { id: box.value, name, label, number, who, sold: sold === "yes", miles: { en: milesEn, es: milesEs } } });
  return announce(say(words.kept, { name: label ? `${label}: ${name}` : name, number: call.now.kept.length, most: MOST_KEPT }));
}

// Ticks follow the shortlist, also when the answer was drawn anew or a place was taken off the list.
export function markKept() {
  const all = boxes();
  for (const box of all) {
    box.checked = has(call.now, box.value);
    box.closest(".hit").classList.toggle("is-kept", box.checked);
  }
  if (!all.some((box) => box === document.activeElement)) all.forEach((box, at) => (box.tabIndex = at ? -1 : 0));
}
