// One listing. The label of its paid status, and of a place that the site's operator owns, is the first text, before the name;
// nothing of it has a part name.

import { callAddress, fill, make } from "./dom.js";

const CARE_SHOWN = 4;

/** Return a listing as a list item. */
export function card(row, view) {
  const { words, options } = view;
  const { paid_status: status, operator_stake: owned } = row.disclosure;
  const paid = status === "paid";
  // Only meetings have any: hours of places are words of their lists.
  const times = row.schedule.map((time) => timeOf(time, options)).join("; ");
  return make("li", { class: `card ${paid ? "paid" : owned ? "owned" : ""}` },
    make(`h${options.level + 2}`, {}, label(row, words),
      make("span", { class: "name" }, make("a", { ...away(row.url, options), part: "name" }, row.name || row.url))),
    options.highlight.includes(row.id) && small(fill(words.highlighted, { host: options.host })),
    small(row.distance && `${row.distance} · `, streetOf(row.address, words)),
    times && make("p", {}, times),
    row.age_note && make("p", { class: "notice" }, row.age_note),
    make("p", {}, labelsOf(row, times ? "" : "care.").slice(0, CARE_SHOWN).join(" · ")),
    row.phones.length ? phone(row.phones[0], row, words) : !times && small(words.noPhone),
    row.disputes.map((sentence) => small(sentence)),
    (paid || owned) && make("p", { class: "small money" }, row.money),
    small(`${row.source_words} · `, row.checked_on ? fill(words.checked, { day: row.checked_on }) : words.unchecked),
    more(row, view));
}

/** The label as the API says it, which it always does. */
function label(row, words) {
  return [make("span", { class: "label" }, row.disclosure[words.labelField], row.disclosure.operator_stake && words.stake),
    make("span", { class: "unseen" }, ": ")];
}

/** A link out of the widget, which says nothing of the page it stood on. */
export function away(path, options) {
  const href = /^\//.test(path) ? options.server + path : path;
  return { href, target: options.target, rel: "noopener noreferrer", referrerpolicy: "no-referrer" };
}

export function small(...words) {
  return make("p", { class: "small" }, ...words);
}

function phone(line, row, words) {
  const texted = /^\d{5,6}$/.test(line.number);
  const href = texted ? `sms:${line.number}` : callAddress(line.number) + (line.extension && `;ext=${line.extension}`);
  return [
    small(line.statement),
    make("p", {}, make("a", { href, part: "call", class: "button" }, `${texted ? words.text : words.call} ${line.display}`,
      make("span", { class: "unseen" }, `, ${row.name}`))),
  ];
}

function streetOf({ street, street2, city, state, zip, withheld }, words) {
  return [street, street2, city, `${state} ${zip}`.trim(), withheld && words.withheld].filter(Boolean).join(", ");
}

function labelsOf(row, prefix) {
  return row.offers.filter((offer) => offer.id.startsWith(prefix)).map((offer) => offer.label);
}

/** Weekdays count from Monday, and so did January 2024. */
function timeOf({ weekday, start }, { lang }) {
  const time = new Date(`2024-01-0${weekday + 1}T${start}`);
  return time.toLocaleString(`${lang}-US`, { weekday: "short", hour: "numeric", minute: "2-digit" });
}

/** Everything else, folded away. Escape closes it when it is open, and is the host's own key when it is not. */
function more(row, { words, options, act }) {
  const program = row.programs.find((one) => one.id === row.matched_program);
  const summary = make("summary", {}, words.more, make("span", { class: "unseen" }, `: ${row.name}`));
  const close = (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    summary.focus();
  };
  const details = make("details", { onkeydown: close, ontoggle: () => details.open && act.opened(row) }, summary,
    program?.name && program.name !== row.name && make("p", {}, fill(words.program, { name: program.name })),
    make("ul", {}, row.why.map((reason) => make("li", {}, reason))),
    make("p", {}, labelsOf(row, "").join(" · ")),
    row.phones.slice(1).map((line) => phone(line, row, words)),
    make("p", {}, make("a", away(row.disclosure.explanation_url, options), words.money)),
    make("p", {}, make("a", away(row.url, options), words.page, make("span", { class: "unseen" }, `: ${row.name}`))));
  return details;
}
