// What the host page asked for, read from the attributes of the element. docs/embedding.md has the table.

import { WORDS } from "./given.js";

export const ATTRIBUTES = [
  "near", "radius", "offers", "kinds", "scope", "locked", "unpaid-only", "ads", "highlight", "local-line", "host-name",
  "lang", "theme", "heading-level", "per-page", "target", "server",
];
const LONGEST_HOST_NAME = 80;

/** Return the options of an element, each with its default. */
export function optionsOf(element) {
  const text = (name) => (element.getAttribute(name) || "").trim();
  const list = (name) => text(name).split(/[\s,]+/).filter(Boolean);
  const flag = (name) => element.hasAttribute(name) && text(name) !== "false";
  const [offers, kinds, scope] = [list("offers"), list("kinds"), list("scope")];
  return {
    limits: [...kinds, ...scope].length > 0 || flag("unpaid-only") || (flag("locked") && offers.length > 0),
    near: text("near"),
    radius: String(whole(text("radius"), 1, 500, "")),
    offers,
    kinds,
    states: scope.filter(isState).join(),
    only: scope.filter((id) => !isState(id)).join(),
    locked: flag("locked"),
    unpaidOnly: flag("unpaid-only"),
    ads: flag("ads"),
    highlight: list("highlight"),
    localLine: lineOf(text("local-line")),
    host: (text("host-name") || location.hostname || document.title).slice(0, LONGEST_HOST_NAME),
    lang: languageOf(element),
    theme: themeOf(text("theme")),
    level: whole(text("heading-level"), 2, 4, 2),
    perPage: whole(text("per-page"), 1, 20, 5),
    target: text("target") || "_blank",
    server: serverOf(text("server")),
  };
}

/** A scope names states by their two letters; whatever is longer is the id of a listing. */
function isState(name) {
  return name.length === 2;
}

/** The element's own language, else that of the page around it, else English. */
function languageOf(element) {
  const lang = (element.closest("[lang]") || document.documentElement).lang.slice(0, 2).toLowerCase();
  return Object.hasOwn(WORDS, lang) ? lang : "en";
}

/** "auto" is what the visitor prefers; without an attribute the widget is light, as most pages are. */
function themeOf(text) {
  return text === "auto" && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : text;
}

/** Where the file came from, unless the host names another address; only then may a bundler have moved the file. */
function serverOf(text) {
  return new URL(text || new URL(import.meta.url).origin, location).href.replace(/\/$/, "");
}

function whole(text, least, most, otherwise) {
  const number = Number.parseInt(text, 10);
  return number >= least && number <= most ? number : otherwise;
}

/** "County line: 719-555-0100" as its name and number; without a number there is no line. */
function lineOf(text) {
  const found = /^(.*?):?\s*(\+?[\d()][\d().\- ]*)$/.exec(text);
  return found && { name: found[1], call: found[2].trim() };
}
