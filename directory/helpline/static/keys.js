// Keys of commands. None is a single character: each has Ctrl (or ⌘), Alt, or is a function key. Staff may change any, or switch
// them all off; that is kept with their account, not in the browser.

import { say, words } from "./call.js";
import { NoAnswer, post } from "./talk.js";

const MAC = /mac|iphone|ipad/i.test(navigator.userAgent);
const FIRST = {
  palette: "Mod+K", danger: "F2", script: "F4", compare: "F8", handover: "F9", end: "Alt+Q", search: "Alt+S", results: "Alt+R",
  shortlist: "Alt+L", language: "Alt+I", away: "Alt+T", up: "Alt+ArrowUp", down: "Alt+ArrowDown",
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((number) => [`keep${number}`, `Alt+${number}`])),
};
const SHOWN = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
const ALONE = /^F([2-9]|1[0-2])$/;

const dialog = document.getElementById("keys-dialog");
const rows = dialog.querySelector("tbody");
const problem = document.getElementById("keys-problem");
const stored = JSON.parse(document.body.dataset.keys);
let keys = { ...FIRST, ...stored.keys };
let on = stored.on ?? true;
let recording = null;

export function keyOf(command) {
  return on ? keys[command] ?? "" : "";
}

export function shown(chord) {
  return chord.replace("Mod", MAC ? "⌘" : "Ctrl").split("+").map((part) => SHOWN[part] ?? part).join(" ");
}

export function commandOf(event) {
  const chord = on && !recording ? chordOf(event) : "";
  return chord ? Object.keys(keys).find((command) => keys[command] === chord) : undefined;
}

function chordOf(event) {
  const { code } = event;
  const key = code.replace(/^(Key|Digit|Numpad)(?=.$)/, "");
  if (/^(Control|Alt|Shift|Meta|OS)/.test(key)) return "";
  const held = [event.ctrlKey || event.metaKey ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...held.filter(Boolean), key].join("+");
}

function isAllowed(chord) {
  return ALONE.test(chord) || /^(Mod|Alt)\+/.test(chord);
}

export function hint() {
  for (const mark of document.querySelectorAll("[data-key-of]")) {
    const chord = keyOf(mark.dataset.keyOf);
    mark.hidden = !chord;
    mark.textContent = shown(chord);
  }
}

export function nameOf(command) {
  const number = /^keep(\d)$/.exec(command)?.[1];
  return number ? say(words.command_keep, { number }) : words[`command_${command}`];
}

export function openKeys() {
  problem.hidden = true;
  draw();
  dialog.showModal();
}

export function setUpKeys() {
  hint();
  dialog.addEventListener("click", (event) => {
    const { command } = event.target.dataset;
    if (command) record(command, event.target);
  });
  document.getElementById("keys-on").addEventListener("change", (event) => {
    on = event.target.checked;
    draw();
  });
  document.getElementById("keys-reset").addEventListener("click", () => {
    keys = { ...FIRST };
    on = true;
    draw();
  });
  document.getElementById("keys-save").addEventListener("click", save);
  dialog.addEventListener("keydown", recorded, true);
}

function draw() {
  recording = null;
  document.getElementById("keys-on").checked = on;
  rows.replaceChildren(...Object.keys(FIRST).map(row));
  hint();
}

function row(command) {
  const line = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = nameOf(command);
  const key = document.createElement("td");
  key.textContent = keyOf(command) ? shown(keyOf(command)) : words.off;
  const change = document.createElement("td");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small-button";
  button.dataset.command = command;
  button.textContent = words.change;
  button.setAttribute("aria-label", `${words.change}: ${name.textContent}`);
  change.append(button);
  line.append(name, key, change);
  return line;
}

function record(command, button) {
  recording = command;
  button.textContent = words.press;
}

function recorded(event) {
  if (!recording) return;
  const chord = chordOf(event);
  if (!chord) return;
  event.preventDefault();
  event.stopPropagation();
  const command = recording;
  if (chord !== "Escape" && !refused(command, chord)) keys = { ...keys, [command]: /^(Delete|Backspace)$/.test(chord) ? "" : chord };
  draw();
  rows.querySelector(`[data-command="${command}"]`).focus();
}

function refused(command, chord) {
  const clear = /^(Delete|Backspace)$/.test(chord);
  const other = Object.keys(keys).find((one) => one !== command && keys[one] === chord);
  const why = clear ? "" : !isAllowed(chord) ? words.needs_modifier : other ? say(words.taken, { command: nameOf(other) }) : "";
  problem.textContent = why;
  problem.hidden = !why;
  return Boolean(why);
}

async function save() {
  const data = new FormData();
  data.set("on", on ? "1" : "0");
  for (const [command, chord] of Object.entries(keys)) if (chord !== FIRST[command]) data.set(`key-${command}`, chord);
  try {
    const answer = await post("/helpline/keys", data);
    if (answer.ok) return dialog.close();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
  problem.textContent = words.not_saved;
  problem.hidden = false;
  return undefined;
}
