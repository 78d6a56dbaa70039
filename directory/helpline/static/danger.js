// The danger check: on the page from the start, so that it opens without asking a server, also when nothing else works.

import { announce } from "./announce.js";
import { call, words } from "./call.js";

const dialog = document.getElementById("danger-dialog");

export function setUpDanger() {
  dialog.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.danger;
    if (act === "switch") {
      spoken(dialog.querySelector(".danger-card[hidden]").dataset.spoken);
      readFromTheTop("switch");
    }
    if (act === "clear") {
      call.send({ type: "dangerChecked" });
      announce(words.checked);
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    if (!document.querySelector("dialog[open]")) document.getElementById("q").focus();
  });
  call.changed((now) => document.querySelector(".tool.danger").classList.toggle("is-done", now.danger === "checked"));
}

export function openDanger() {
  if (dialog.open) return;
  spoken(call.now.speak);
  dialog.showModal();
  readFromTheTop("clear");
}

// The keyboard is on a button further down; the eye begins with the question, also on the lowest window.
function readFromTheTop(act) {
  dialog.querySelector(`.danger-card:not([hidden]) [data-danger=${act}]`).focus({ preventScroll: true });
  dialog.scrollTop = 0;
}

function spoken(lang) {
  for (const card of dialog.querySelectorAll(".danger-card")) {
    card.hidden = card.dataset.spoken !== lang;
    card.querySelector("h2").id = card.hidden ? "" : "danger-title";
  }
}
