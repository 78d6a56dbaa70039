// What stands first, whatever else happens: crisis numbers, lines that answer, notices that the words fire.

import { callAddress, fill, make, withCalls } from "./dom.js";

/** The strip above everything. The short form is for the narrowest boxes; the stylesheet shows one of the two. */
export function crisisStrip(words, { localLine, host }) {
  return make("div", { class: "crisis" },
    make("ul", { class: "full" }, words.strip.map((sentence) => make("li", {}, withCalls(sentence)))),
    make("p", { class: "brief" }, withCalls(words.brief)),
    localLine && callLine(localLine, "p", ` (${fill(words.local, { host })})`));
}

function callLine({ name, call }, element, after = "") {
  return make(element, {}, `${name}: `, make("a", { href: callAddress(call) }, call), after);
}

/** Lines that answer although this search does not. */
export function helpLines(words) {
  return make("div", { class: "lines" }, make("p", {}, words.askPerson),
    make("ul", {}, words.lines.map((line) => callLine(line, "li"))));
}

/** Notices, the most urgent first, each with its own lines to call. */
export function notices(found, { words, options }) {
  return found.filter((notice) => notice.lines).map((notice) => make("section", { class: `notice ${notice.tone}` },
    make(`h${options.level + 1}`, {}, withCalls(notice.title)),
    make("p", {}, withCalls(notice.lines.join(" "))),
    notice.call_lines.filter((line) => line.call && !`${notice.title} ${notice.lines}`.includes(line.call))
      .map((line) => callLine(line, "p")),
    notice.leave_button && leaveButton(words)));
}

/** The quick exit: a button one can see, which the host cannot style away. The page goes at once, also where the line is slow. */
export function leaveButton(words) {
  return make("p", {}, make("button", { type: "button", class: "leave", onclick: () => leave(words.leaveAddress) }, words.leave));
}

/** Put another page in the place of this one in the history; of the whole tab, where this page stands in a frame. */
function leave(address) {
  document.documentElement.style.display = "none";
  try {
    top.location.replace(address);
  } catch { // the frame may not move the tab
    location.replace(address);
  }
}
