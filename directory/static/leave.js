// Leaving at once: the link replaces this page in the history, and pressing Shift three times follows it.
// The link works without this script. The page is blanked first, for on a slow line it would stay in sight until the next one comes.

const PRESSES = 3;
const WITHIN_MS = 3000;
const TYPING = "input, select, textarea, [contenteditable]";

const links = document.querySelectorAll("[data-leave]");
const keys = document.getElementById("leave-keys");
const said = document.createElement("p");
let pressed = [];

function leave(address) {
  document.title = "…";
  document.body.hidden = true;
  location.replace(address);
}

function key(event) {
  if (event.key !== "Shift" || event.target.closest?.(TYPING)) {
    pressed = [];
    return;
  }
  if (event.repeat) return;
  pressed = [...pressed.filter((time) => event.timeStamp - time < WITHIN_MS), event.timeStamp];
  if (pressed.length === PRESSES) leave(links[0].href);
  else said.textContent = keys?.dataset.said ?? "";
}

if (links.length) {
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);
  if (keys) keys.hidden = false;
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      leave(link.href);
    });
  }
  addEventListener("keydown", key);
  addEventListener("pageshow", () => { document.body.hidden = false; }); // back from the history of a browser that kept the page
}
