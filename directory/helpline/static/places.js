// Panels of other rooms about a listing: loaded when a place is opened or kept, and sent in place. Without one nothing shows.

import { practising, words } from "./call.js";
import { get, NoAnswer, post } from "./talk.js";

export async function fillPlace(place, id) {
  if (practising || !place || place.dataset.filled) return;
  place.dataset.filled = "1";
  try {
    const answer = await get(`/helpline/listings/${encodeURIComponent(id)}/panel${location.search.includes("lang=es") ? "?lang=es" : ""}`);
    if (answer.ok) place.innerHTML = await answer.text();
    else if (answer.status !== 404) delete place.dataset.filled;
  } catch (error) {
    delete place.dataset.filled;
    if (!(error instanceof NoAnswer)) throw error;
  }
}

export function watchPlaces() {
  document.addEventListener("submit", async (event) => {
    const place = event.target.closest("[data-place]");
    if (!place) return;
    event.preventDefault();
    const data = new FormData(event.target);
    if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
    const panel = await sent(event.target.action, data);
    if (panel) {
      place.innerHTML = panel;
      place.querySelector("[data-focus]")?.focus(); // the keyboard goes on where the answer is
    } else {
      sayNotKept(event.target);
    }
  });
}

// The panel anew; "" where nobody answered, or a page for errors did: what was typed then stays in its form.
async function sent(address, data) {
  try {
    const answer = await post(address, data);
    const html = answer.headers.get("Content-Type")?.startsWith("text/html") ? await answer.text() : "";
    return html.startsWith("<!doctype") ? "" : html;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return "";
  }
}

function sayNotKept(form) {
  form.querySelector(".not-kept")?.remove(); // drawn anew, so that it is heard again
  const line = document.createElement("p");
  line.className = "not-kept desk-outage";
  line.setAttribute("role", "alert");
  form.append(line);
  line.textContent = words.not_kept;
}
