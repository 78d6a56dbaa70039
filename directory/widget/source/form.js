// The search form: what, where, how far. Filters come with an answer, since only an answer knows what there is to choose.

import { fill, make } from "./dom.js";

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

/** Return a text box of which the browser keeps nothing, and sends nothing to a service that checks spelling. */
export function box(value) {
  const input = make("input", { type: "text", part: "input", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  input.value = value;
  return input;
}

/** Return a select of [value, words] pairs. */
function choice(pairs, chosen) {
  const select = make("select", { part: "input" }, pairs.map(([value, words]) => make("option", { value }, words)));
  select.value = chosen;
  return select;
}

/** Return the choices of distance, the host's own among them. */
export function radiusChoice(words, asked) {
  const all = RADII.includes(asked) || !asked ? RADII : [...RADII, asked].sort((a, b) => a - b);
  return choice([["", words.usual], ...all.map((n) => [n, fill(words.within, { n })])], asked);
}

/**
 * Return the filters of an answer: kind of care and ways to pay as selects, what else was chosen as boxes that are ticked. They
 * count at the next search, so that nobody who moves through a select with the arrow keys searches at every step.
 */
export function filters(answer, chosen, words) {
  const groups = answer.facets.filter((facet) => GROUPS.includes(facet.group));
  const labels = new Map(answer.facets.flatMap((facet) => facet.counts.map((count) => [count.id, count.label])));
  const selects = groups.map((facet) => select(facet, chosen, words));
  const rest = chosen.filter((id) => !selects.some((one) => one.value === id));
  return [
    ...selects.map((one, index) => field(words.groups[groups[index].group], one)),
    ...rest.map((value) => make("label", {}, make("input", { type: "checkbox", value, checked: true }), " ", labels.get(value) || value)),
  ];
}

function select(facet, chosen, words) {
  const counted = facet.counts.filter((count) => count.count || chosen.includes(count.id));
  const picked = counted.find((count) => chosen.includes(count.id));
  return choice([["", words.any], ...counted.map((count) => [count.id, `${count.label} (${count.count})`])], picked?.id || "");
}

/** Return the ids that the filters within an element ask for. */
export function chosenIn(element) {
  const asked = [...element.querySelectorAll("select, input:checked")].map((one) => one.value);
  return [...new Set(asked)].filter(Boolean);
}
