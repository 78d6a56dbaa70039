// Read aloud, compare, hand over: three views of the shortlist, made by the server from its ids. Miles are added here, because
// how far a caller is from a place is nobody's business but theirs.

import { announce } from "./announce.js";
import { call } from "./call.js";
import { NoAnswer, post } from "./talk.js";

const PAUSE_MS = 120;
const ORDER = ["script", "compare", "handover"];
const holder = document.getElementById("panels");
const form = document.getElementById("list-form");
let timer = 0;
let open = "script";
let newest = 0;

export function setUpPanels() {
  call.changed((now, before) => {
    const same = ids(now) === ids(before) && now.speak === before.speak;
    if (same) return;
    clearTimeout(timer);
    if (now.kept.length) timer = setTimeout(refresh, PAUSE_MS);
    else clear(); // at once: a call that has ended leaves nothing behind
  });
  holder.addEventListener("click", click);
  holder.addEventListener("keydown", arrows);
}

function ids(state) {
  return state.kept.map((one) => one.id).join(",");
}

async function refresh() {
  const mine = ++newest;
  const data = new FormData();
  data.set("ids", ids(call.now));
  data.set("speak", call.now.speak);
  try {
    const answer = await post(form.action, data);
    const html = await answer.text();
    if (answer.ok && mine === newest) draw(html);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error; // the list and its numbers stay; the state of the search says the rest
  }
}

function clear() {
  newest += 1;
  holder.hidden = true;
  holder.replaceChildren();
}

function draw(html) {
  const focused = document.activeElement?.getAttribute("data-tab");
  const scrolled = holder.querySelector(".script")?.scrollTop ?? 0;
  holder.innerHTML = html;
  holder.hidden = false;
  holder.prepend(tabs());
  for (const button of holder.querySelectorAll(".needs-script")) button.hidden = false;
  for (const slot of holder.querySelectorAll("[data-miles-of]")) slot.textContent = miles(slot.dataset.milesOf);
  show(open);
  const script = holder.querySelector(".script");
  if (script) script.scrollTop = scrolled;
  if (focused) holder.querySelector(`[data-tab="${focused}"]`)?.focus();
}

function miles(id) {
  const said = call.now.kept.find((one) => one.id === id)?.miles[call.now.speak];
  return said ? ` ${said[0].toUpperCase()}${said.slice(1)}.` : "";
}

function tabs() {
  const row = document.createElement("div");
  row.className = "tabs";
  row.setAttribute("role", "tablist");
  for (const name of ORDER) {
    const panel = holder.querySelector(`[data-panel="${name}"]`);
    const title = panel.querySelector("h2");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${name}`;
    tab.dataset.tab = name;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `panel-${name}`);
    tab.textContent = title.textContent;
    title.classList.add("unseen");
    panel.id = `panel-${name}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    row.append(tab);
  }
  return row;
}

export function show(name) {
  open = name;
  for (const tab of holder.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  for (const panel of holder.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
}

export function openPanel(name) {
  if (holder.hidden) return;
  show(name);
  const tab = holder.querySelector(`[data-tab="${name}"]`);
  tab.focus();
  tab.scrollIntoView({ block: "nearest" });
}

function arrows(event) {
  const { tab } = event.target.dataset;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  event.preventDefault();
  openPanel(ORDER[(ORDER.indexOf(tab) + step + ORDER.length) % ORDER.length]);
}

async function click(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.tab) show(button.dataset.tab);
  else if (button.dataset.speak) call.send({ type: "spoken", speak: button.dataset.speak });
  else if (button.dataset.copy) await copy(button);
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    announce(button.dataset.done);
    button.append(" ✓");
  } catch {
    text.focus(); // it is selected: the usual keys copy it
  }
}
