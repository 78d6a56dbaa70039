// The shortlist: drawn from the call, in the order of the staff member, with ticks for what was asked. It lives here alone.

import { announce } from "./announce.js";
import { call, practising, say, words } from "./call.js";
import { fillPlace } from "./places.js";
import { markKept } from "./rows.js";
import { MOST_KEPT } from "./state.js";

const list = document.getElementById("kept");
const template = document.getElementById("kept-item").content.firstElementChild;
const nodes = new Map();

export function setUpShortlist() {
  list.addEventListener("click", click);
  list.addEventListener("change", (event) => {
    const { asked } = event.target.dataset;
    if (asked) call.send({ type: "ticked", id: idOf(event.target), what: asked, on: event.target.checked });
  });
  call.changed((now, before) => {
    if (now.kept !== before.kept) draw(now.kept);
  });
  draw(call.now.kept);
}

export function focusShortlist() {
  list.querySelector("a")?.focus();
}

export function moveFocused(by) {
  const item = document.activeElement.closest(".kept-item");
  if (item) move(item.dataset.id, by);
}

function idOf(element) {
  return element.closest(".kept-item").dataset.id;
}

function click(event) {
  const button = event.target.closest("button");
  if (!button || button.closest("[data-place]")) return;
  if (button.dataset.move) move(idOf(button), Number(button.dataset.move));
  else if ("remove" in button.dataset) remove(idOf(button));
}

function move(id, by) {
  const active = document.activeElement;
  if (!call.send({ type: "moved", id, by })) return;
  active.focus();
  const at = call.now.kept.findIndex((one) => one.id === id);
  announce(say(words.moved, { name: call.now.kept[at].name, number: at + 1 }));
}

function remove(id) {
  const at = call.now.kept.findIndex((one) => one.id === id);
  const { name } = call.now.kept[at];
  call.send({ type: "removed", id });
  announce(say(words.removed, { name }));
  (list.children[Math.min(at, list.children.length - 1)]?.querySelector("a") ?? document.getElementById("q")).focus();
}

function draw(kept) {
  for (const id of [...nodes.keys()]) if (!kept.some((one) => one.id === id)) nodes.delete(id);
  list.replaceChildren(...kept.map((place, at) => node(place, at)));
  document.getElementById("nothing-kept").hidden = kept.length > 0;
  document.getElementById("kept-count").textContent = kept.length ? `${kept.length} / ${MOST_KEPT}` : "";
  markKept();
}

function node(place, at) {
  if (!nodes.has(place.id)) nodes.set(place.id, made(place));
  const item = nodes.get(place.id);
  item.querySelector(".kept-at").textContent = at + 1;
  for (const box of item.querySelectorAll("[data-asked]")) box.checked = place.asked.includes(box.dataset.asked);
  return item;
}

function made(place) {
  const item = template.cloneNode(true);
  item.dataset.id = place.id;
  item.classList.toggle("paid", Boolean(place.label));
  const label = item.querySelector(".paid-label");
  label.hidden = !place.label;
  label.textContent = place.label ? `${place.label}: ` : "";
  const name = item.querySelector(".name");
  name.textContent = place.name;
  name.href = `/listing/${encodeURIComponent(place.id)}${location.search.includes("lang=es") ? "?lang=es" : ""}`;
  const who = item.querySelector(".kept-who");
  who.textContent = place.who;
  who.classList.toggle("sold", place.sold);
  item.querySelector(".kept-number").textContent = place.number;
  for (const hidden of item.querySelectorAll(".unseen")) hidden.textContent += `: ${place.name}`;
  const desk = item.querySelector(".kept-desk");
  desk.hidden = practising;
  desk.addEventListener("toggle", () => desk.open && fillPlace(desk.querySelector("[data-place]"), place.id));
  return item;
}
