// The search form: what, where, how far. Filters come with an answer, since only an answer knows what there is to choose.

import { button, make } from "./dom.js";

const RADII = ["5", "10", "25", "50", "100"];
const GROUPS = ["care", "payment"];
// Ids are unique in a shadow root anyway; this keeps them unique for tools that flatten the page.
let made = 0;

/** Return a labelled field; `input.problem(text)` marks it and says what is wrong. */
export function field(label, input, hidden = false) {
  const id = `f${made += 1}`;
  input.id = id;
  const message = make("p", { class: "problem", id: `${id}p`, hidden: true });
  input.setAttribute("aria-describedby", message.id);
  input.problem = (text) => {
    message.textContent = text;
    message.hidden = !text;
    input.setAttribute("aria-invalid", Boolean(text));
  };
  return make("div", { class: "field", hidden }, make("label", { for: id }, label), message, input);
}

/** Return a text box in which nothing is kept by the browser. */
export function box(value) {
  const input = make("input", { type: "text", part: "input", autocomplete: "off", autocapitalize: "none", enterkeyhint: "search" });
  input.value = value;
  return input;
}

/** Return a select of [value, words] pairs. */
export function choice(pairs, chosen, onchange = () => {}) {
  const select = make("select", { part: "input", onchange },
    pairs.map(([value, words]) => make("option", { value }, words)));
  select.value = chosen;
  return select;
}

/** Return the choices of distance, the host's own among them. */
export function radiusChoice(words, asked) {
  const all = RADII.includes(asked) || !asked ? RADII : [...RADII, asked].sort((a, b) => a - b);
  return choice([["", words.usual], ...all.map((miles) => [miles, words.within.replace("{n}", miles)])], asked);
}

/**
 * Return the filters of an answer: kind of care and ways to pay as selects, what else was chosen as buttons that remove it.
 * `onchoose` gets the ids that are asked for from then on.
 */
export function filters(answer, chosen, words, onchoose) {
  const groups = answer.facets.filter((facet) => GROUPS.includes(facet.group));
  const shown = groups.flatMap((facet) => facet.counts.map((count) => count.id));
  const known = new Map(answer.facets.flatMap((facet) => facet.counts.map((count) => [count.id, count.label])));
  const rest = chosen.filter((id) => !shown.includes(id));
  return make("div", { class: "filters" },
    groups.map((facet) => group(facet, chosen, words, onchoose)),
    rest.map((id) => button(`${words.remove} ${known.get(id) || id}`, () => onchoose(chosen.filter((other) => other !== id)))));
}

function group(facet, chosen, words, onchoose) {
  const ids = facet.counts.map((count) => count.id);
  const counted = facet.counts.filter((count) => count.count || chosen.includes(count.id));
  const select = choice([["", words.any], ...counted.map((count) => [count.id, `${count.label} (${count.count})`])],
    chosen.find((id) => ids.includes(id)) || "",
    () => onchoose([...chosen.filter((id) => !ids.includes(id)), select.value].filter(Boolean)));
  return field(words.groups[facet.group], select);
}
