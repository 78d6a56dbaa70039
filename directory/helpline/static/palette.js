// The palette: every command and every filter of the answer, found by typing a part of its name.

import { words, say } from "./call.js";
import { keyOf, nameOf, shown } from "./keys.js";
import { flip } from "./search.js";

const MOST_SHOWN = 12;
const dialog = document.getElementById("palette");
const box = document.getElementById("palette-words");
const list = document.getElementById("palette-list");
let items = [];
let active = 0;

export function setUpPalette(run) {
  box.addEventListener("input", () => draw());
  box.addEventListener("keydown", (event) => press(event, run));
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(run, [...list.children].indexOf(option));
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

export function openPalette() {
  box.value = "";
  draw();
  dialog.showModal();
  box.focus();
}

function all() {
  const commands = Object.keys(words).filter((name) => name.startsWith("command_") && name !== "command_keep").map((name) => name.slice(8));
  const filters = [...document.querySelectorAll("#answer button[name=switch]")].map((button) => ({
    label: say(button.getAttribute("aria-pressed") === "true" ? words.filter_off : words.filter, { label: button.firstChild.textContent.trim() }),
    value: button.value,
  }));
  const seen = new Map(filters.map((one) => [one.value, one]));
  return [...commands.map((command) => ({ label: nameOf(command), command })), ...seen.values()];
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function draw() {
  const parts = folded(box.value).split(/\s+/).filter(Boolean);
  items = all().filter((item) => parts.every((part) => folded(item.label).includes(part))).slice(0, MOST_SHOWN);
  list.replaceChildren(...(items.length ? items.map(option) : [nothing()]));
  mark(0);
}

function option(item, at) {
  const line = document.createElement("li");
  line.id = `palette-${at}`;
  line.setAttribute("role", "option");
  line.append(item.label);
  const chord = item.command ? keyOf(item.command) : "";
  if (chord) {
    const key = document.createElement("kbd");
    key.textContent = shown(chord);
    line.append(" ", key);
  }
  return line;
}

function nothing() {
  const line = document.createElement("li");
  line.setAttribute("role", "option");
  line.setAttribute("aria-disabled", "true");
  line.textContent = words.no_command;
  return line;
}

function mark(at) {
  active = at;
  [...list.children].forEach((line, number) => line.setAttribute("aria-selected", String(number === at)));
  const line = list.children[at];
  if (line?.id) box.setAttribute("aria-activedescendant", line.id);
  else box.removeAttribute("aria-activedescendant");
  line?.scrollIntoView({ block: "nearest" });
}

function press(event, run) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    mark((active + step + list.children.length) % list.children.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(run, active);
  }
}

function choose(run, at) {
  const item = items[at];
  if (!item) return;
  dialog.close();
  if (item.command) run(item.command);
  else flip(item.value);
}
