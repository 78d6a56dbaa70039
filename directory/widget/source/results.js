// An answer, or the reason why there is none, as elements.

import { pageAddress } from "./api.js";
import { away, card, small } from "./card.js";
import { button, fill, make } from "./dom.js";
import { helpLines, notices } from "./safety.js";

/** Return how many were found and where, as one sentence for the heading and for the status that is read aloud. */
export function countSentence(answer, { search, words }) {
  const place = answer.query.place;
  const count = fill(answer.total === 1 ? words.one : words.many, { n: answer.total.toLocaleString("en-US") });
  if (!place) return count;
  const miles = search.radius || answer.query.radius?.miles;
  const whole = place.kind === "state" || (place.kind === "county" && !miles);
  return count + " " + fill(whole ? words.inside : words.around, { n: miles || 25, place: place.label });
}

/** Tell whether "near me" was asked: nobody looks up a position, so the reader has to say one. */
export function asksForPlace({ query }) {
  return query.near_me && !query.place;
}

/** Return everything below the form. `view.act` has again, near, radius, page and opened: what the reader can do next. */
export function answerView(answer, view) {
  const { words, options, act } = view;
  const { query, results, meta } = answer;
  const read = query.concepts.filter((concept) => ["filter", "prefer"].includes(concept.role)).map((one) => one.label);
  return make("div", {},
    notices(answer.notices, view),
    counted(countSentence(answer, view), view),
    read.length > 0 && small(fill(words.read, { what: [...new Set(read)].join(", ") })),
    query.place && placesToo(fill(words.otherPlaces, { place: query.place.label }), query.place.alternatives, act),
    meta.remarks.map((remark) => small(remark)),
    placesToo("", query.other_places, act),
    results.length
      ? make("p", { class: "small order" }, `${meta.order}. ${meta.paid_count}. ${words.callFirst}`)
      : nothing(answer, view),
    list("", results, view),
    pager(answer, view),
    answer.beyond.map((group) => list(`${group.label} (${group.total})`, group.results, view)),
    options.ads && list(words.ads, answer.advertisements, view),
    !results.length && helpLines(words),
    fullResults(view, query),
    small(...meta.funding.map((said) => `${said} `), meta.ranking));
}

/** The heading that takes the focus of a reader who asked for another answer. */
function counted(sentence, { options }) {
  return make(`h${options.level + 1}`, { tabindex: "-1", class: "count" }, sentence);
}

/** Return listings under a heading, nothing where there are none. */
function list(heading, rows, view) {
  return rows.length > 0 && [
    heading && make(`h${view.options.level + 1}`, {}, heading),
    make("ul", { class: "list" }, rows.map((row) => card(row, view)))];
}

function fullResults(view, query) {
  return make("p", {}, make("a", away(pageAddress(view, query), view.options), view.words.all));
}

function placesToo(said, places, act) {
  return places[0] && make("p", {}, said, " ", places.map((place) => button(place.label, () => act.near(place.label))));
}

function nothing(answer, { words, search, act }) {
  return [
    make("p", {}, asksForPlace(answer) ? words.nearMe : words.nothing),
    search.near && make("p", {}, ["50", "100"].filter((miles) => miles > (search.radius || 25)).map((miles) =>
      button(fill(words.widen, { n: miles }), () => act.radius(miles)))),
  ];
}

function pager({ page, pages }, { words, act }) {
  const step = (to, label) => to >= 1 && to <= pages && button(label, () => act.page(to));
  return pages > 1 && make("div", { class: "pager" }, step(page - 1, words.previous),
    make("span", {}, fill(words.pageOf, { n: page, of: pages })), step(page + 1, words.next));
}

/** Return what went wrong, what to do next, and the lines that answer anyway. */
export function failureView({ failure, problem }, view) {
  const { words, act } = view;
  const suggestions = failure === "place" ? problem.suggestions || [] : [];
  return make("div", {},
    notices(problem.notices || [], view),
    counted(words.failures[failure], view),
    failure === "refused" && problem.detail && small(problem.detail),
    suggestions.length > 0 && make("p", {}, words.didYouMean, " ", suggestions.map((place) => button(place, () => act.near(place)))),
    !["place", "refused"].includes(failure) && make("p", {}, button(words.again, act.again, "")),
    helpLines(words),
    fullResults(view));
}
