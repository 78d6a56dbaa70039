// An answer, or the reason why there is none, as elements.

import { pageAddress } from "./api.js";
import { away, card } from "./card.js";
import { button, fill, make } from "./dom.js";
import { helpLines, notices } from "./safety.js";

/** Return how many were found and where, as one sentence for the heading and for the status that is read aloud. */
export function countSentence(answer, search, words) {
  const place = answer.query.place;
  const count = fill(answer.total === 1 ? words.one : words.many, { n: answer.total.toLocaleString("en-US") });
  if (!place) return count;
  const miles = search.radius || (answer.query.radius && answer.query.radius.miles);
  const whole = ["state", "county"].includes(place.kind) && !miles;
  return count + " " + fill(whole ? words.inside : words.around, { n: miles || 25, place: place.label });
}

/** Tell whether "near me" was asked: nobody looks up a position, so the reader has to say one. */
export function asksForPlace(answer) {
  return answer.query.near_me && !answer.query.place;
}

/** Return everything below the form. `act` has again, near, radius, page and opened: what the reader can do next. */
export function answerView(answer, search, words, options, act) {
  const { results, beyond, meta } = answer;
  const heading = make(`h${options.level + 1}`, { tabindex: "-1", class: "count" }, countSentence(answer, search, words));
  const put = (row, advertisement) => card(row, words, options, advertisement, act.opened);
  const read = answer.query.concepts.filter((concept) => ["filter", "prefer"].includes(concept.role)).map((one) => one.label);
  return [
    notices(answer.notices, words, options),
    heading,
    read.length > 0 && make("p", { class: "small" }, fill(words.read, { what: [...new Set(read)].join(", ") })),
    alternatives(answer.query.place, words, act),
    meta.remarks.map((remark) => make("p", { class: "small" }, remark)),
    results.length ? make("p", { class: "small order" }, `${meta.order}. ${meta.paid_count}. ${words.callFirst}`) : nothing(answer, words, search, act),
    results.length > 0 && make("ul", { class: "list" }, results.map((row) => put(row, false))),
    pager(answer, words, act),
    beyond.map((group) => group.results.length > 0 && [
      make(`h${options.level + 1}`, {}, `${group.label} (${group.total})`),
      make("ul", { class: "list" }, group.results.map((row) => put(row, false)))]),
    options.ads && answer.advertisements.length > 0 && [
      make(`h${options.level + 1}`, {}, words.ads),
      make("ul", { class: "list" }, answer.advertisements.map((row) => put(row, true)))],
    !results.length && helpLines(words),
    make("p", {}, make("a", away(pageAddress(search, options, answer.query), options), words.all)),
    make("p", { class: "small" }, [...meta.funding, meta.ranking].join(" ")),
  ].flat(3);
}

function alternatives(place, words, act) {
  const others = (place && place.alternatives) || [];
  return others.length > 0 && make("p", {}, fill(words.otherPlaces, { place: place.label }), " ",
    others.map((other) => button(other.label, () => act.near(other.label))));
}

function nothing(answer, words, search, act) {
  return [
    make("p", {}, asksForPlace(answer) ? words.nearMe : words.nothing),
    search.near && make("p", {}, ["50", "100"].filter((miles) => miles > (search.radius || 25)).map((miles) =>
      button(fill(words.widen, { n: miles }), () => act.radius(miles)))),
  ];
}

function pager({ page, pages }, words, act) {
  const step = (to, label) => to >= 1 && to <= pages && button(label, () => act.page(to));
  return pages > 1 && make("div", { class: "pager" }, step(page - 1, words.previous),
    make("span", {}, fill(words.pageOf, { n: page, of: pages })), step(page + 1, words.next));
}

/** Return what went wrong, what to do next, and the lines that answer anyway. */
export function failureView({ failure, problem }, search, words, options, act) {
  const suggestions = failure === "place" ? problem.suggestions || [] : [];
  return [
    notices(problem.notices || [], words, options),
    make(`h${options.level + 1}`, { tabindex: "-1", class: "count" }, words.failures[failure]),
    failure === "refused" && problem.detail && make("p", { class: "small" }, problem.detail),
    suggestions.length > 0 && make("p", {}, words.didYouMean, " ", suggestions.map((place) => button(place, () => act.near(place)))),
    !["place", "refused"].includes(failure) && make("p", {}, button(words.again, act.again, "")),
    helpLines(words),
    make("p", {}, make("a", away(pageAddress(search, options), options), words.all)),
  ].flat(3);
}
