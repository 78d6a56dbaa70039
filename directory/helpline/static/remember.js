// A reload, the other language or the way back must not cost a list in the middle of a call. The entry of this page in the history
// of its own tab holds ids of listings, what was asked of them, whether danger was checked and the language of the script: no word
// of the caller and no miles. No other page can read it, and "End call" empties it.

import { announce } from "./announce.js";
import { call, practising, say, words } from "./call.js";
import { NoAnswer, post } from "./talk.js";

const NOT_AT_A_DISTANCE = { en: "", es: "" };
const problem = document.getElementById("not-back");
const known = practising ? undefined : history.state?.kept;
let waiting = known ?? [];

export function setUpRemembering(named) {
  if (practising) return;
  const { speak, danger } = history.state ?? {};
  if (speak) call.send({ type: "spoken", speak });
  if (danger === "checked") call.send({ type: "dangerChecked" });
  call.changed((now, before) => {
    if (now.kept !== before.kept || now.speak !== before.speak || now.danger !== before.danger) write(now);
    if (now.service === "answered" && before.service !== "answered") bringBack();
  });
  problem.querySelector("button").addEventListener("click", bringBack);
  if (known) bringBack();
  else keepAll(named); // the list that the address names, as long as nothing was changed in it
}

export function forget() {
  waiting = [];
  problem.hidden = true;
}

// Where the page is opened anew with the same call, such as in the other language.
export function openAgain(address) {
  history.replaceState(history.state, "", address);
  location.reload();
}

function write({ kept, speak, danger }) {
  const list = [...kept.map(({ id, asked }) => ({ id, asked })), ...waiting];
  history.replaceState({ kept: list, speak, danger }, "");
}

async function bringBack() {
  if (!waiting.length) return;
  const asked = new Map(waiting.map((one) => [one.id, one.asked]));
  const data = new FormData();
  data.set("ids", [...asked.keys()].join(","));
  try {
    const answer = await post(`/helpline/kept${location.search.includes("lang=es") ? "?lang=es" : ""}`, data);
    if (!answer.ok) throw new NoAnswer();
    const found = await answer.json();
    if (!waiting.length) return;
    waiting = [];
    keepAll(found, asked);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    tell(words.not_back, true);
  }
}

function keepAll({ places, gone, left_out: leftOut }, asked = new Map()) {
  problem.hidden = true;
  for (const place of places) {
    call.send({ type: "kept", place: { ...place, miles: NOT_AT_A_DISTANCE } });
    for (const what of asked.get(place.id) ?? []) call.send({ type: "ticked", id: place.id, what, on: true });
  }
  const missing = [gone ? say(words.gone, { number: gone }) : "", leftOut ? say(words.left_out, { number: leftOut }) : ""];
  if (gone || leftOut) tell(missing.join(" ").trim(), false);
}

function tell(text, again) {
  problem.querySelector("span").textContent = text;
  problem.querySelector("button").hidden = !again;
  problem.hidden = false;
  announce(text);
}
