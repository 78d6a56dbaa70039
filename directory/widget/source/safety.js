// What stands first, whatever else happens: crisis numbers, lines that answer, notices that the words fire.

import { button, callAddress, make, withCalls } from "./dom.js";

/** The strip above everything. The short form is for the narrowest boxes; the stylesheet shows one of the two. */
export function crisisStrip(words, localLine) {
  return make("div", { class: "crisis" },
    make("ul", { class: "full" }, words.strip.map((sentence) => make("li", {}, withCalls(sentence)))),
    make("p", { class: "brief" }, withCalls(words.brief)),
    localLine && callLine(localLine));
}

function callLine({ name, call }, element = "p") {
  return make(element, {}, `${name}: `, make("a", { href: callAddress(call) }, call));
}

/** Lines that answer although this search does not. */
export function helpLines(words) {
  return make("div", { class: "lines" }, make("p", {}, words.askPerson),
    make("ul", {}, words.lines.map((line) => callLine(line, "li"))));
}

/** Notices, the most urgent first, each with its own lines to call. */
export function notices(found, words, options) {
  return found.filter((notice) => notice.lines).map((notice) => make("section", { class: `notice ${notice.tone}` },
    make(`h${options.level + 1}`, {}, withCalls(notice.title)),
    make("p", {}, withCalls(notice.lines.join(" "))),
    notice.call_lines.filter((line) => line.call && !`${notice.title} ${notice.lines}`.includes(line.call))
      .map((line) => callLine(line)),
    notice.leave_button && make("p", {}, leaveButton(words))));
}

/** The quick exit: a button one can see; it takes the place of this page in the history. */
export function leaveButton(words) {
  return button(words.leave, () => location.replace(words.leaveAddress));
}
