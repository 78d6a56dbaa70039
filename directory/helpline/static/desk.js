// The desk: everything is complete without this; with it, answers come while typing and a call needs hardly any keys.

import { announce } from "./announce.js";
import { call, words } from "./call.js";
import { openDanger, setUpDanger } from "./danger.js";
import { commandOf, openKeys, setUpKeys } from "./keys.js";
import { openPalette, setUpPalette } from "./palette.js";
import { openPanel, setUpPanels } from "./panels.js";
import { watchPlaces } from "./places.js";
import { setUpPractice, startAgain } from "./practice.js";
import { forget, openAgain, setUpRemembering } from "./remember.js";
import { focusCurrent, keepNumber } from "./rows.js";
import { append, box, clearSearch, flip, settled, setUpSearch } from "./search.js";
import { focusShortlist, moveFocused, setUpShortlist } from "./shortlist.js";

const ending = document.getElementById("end-dialog");

const commands = {
  danger: openDanger,
  palette: openPalette,
  search: () => { box.focus(); box.select(); },
  results: () => settled().then(focusCurrent),
  shortlist: focusShortlist,
  script: () => openPanel("script"),
  compare: () => openPanel("compare"),
  handover: () => openPanel("handover"),
  language: () => call.send({ type: "spoken", speak: call.now.speak === "en" ? "es" : "en" }),
  way: () => append(words.way_words),
  away: () => flip("away"),
  up: () => moveFocused(-1),
  down: () => moveFocused(1),
  end: askToEnd,
  keys: openKeys,
};

function run(command) {
  const number = /^keep(\d)$/.exec(command)?.[1];
  if (number) settled().then(() => keepNumber(Number(number)));
  else commands[command]();
}

function askToEnd() {
  if (box.value || call.now.kept.length) ending.showModal();
  else endCall();
}

function endCall() {
  clearSearch();
  forget();
  call.send({ type: "ended" });
  startAgain();
  history.replaceState(null, "", location.pathname + (location.search.includes("lang=es") ? "?lang=es" : ""));
  announce(words.ended);
  box.focus();
}

function isInDialog() {
  return document.querySelector("dialog[open]") !== null;
}

document.addEventListener("keydown", (event) => {
  const command = commandOf(event);
  if (!command) return;
  event.preventDefault();
  if (command === "danger" || !isInDialog()) run(command); // danger goes before everything, also before a password
});
document.addEventListener("click", (event) => {
  const tool = event.target.closest("a[data-command], .tool[data-command]");
  if (tool) {
    event.preventDefault();
    run(tool.dataset.command);
  }
  event.target.closest("[data-close]")?.closest("dialog").close();
  stay(event);
});

// A link in the head must not end a call: the other language takes the list along, everything else opens beside it.
function stay(event) {
  const link = event.target.closest(".desk-head a:not(.tool)");
  if (!link) return;
  link.target = box.value || call.now.kept.length ? "_blank" : "";
  if (!link.hreflang || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openAgain(link.href);
}
ending.addEventListener("close", () => {
  if (ending.returnValue === "end") endCall();
  ending.returnValue = "";
});

for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
for (const element of document.querySelectorAll(".without-script")) element.hidden = true;
for (const input of document.querySelectorAll("input.without-script")) input.remove(); // the list lives in this page: no search sends it
setUpKeys();
setUpPalette(run);
setUpDanger();
setUpPanels();
setUpSearch();
setUpShortlist();
setUpPractice();
setUpRemembering(JSON.parse(document.body.dataset.reopened));
watchPlaces();
