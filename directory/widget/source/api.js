// One question to the directory, without cookies and without saying which page asks.

// After the first time the reader is told and the lines are shown; after the second nothing more is expected.
const SLOW_MS = 4000;
const LOST_MS = 20000;

/** Return the parameters of a search, without those that say nothing. */
export function parametersOf(search, options) {
  const parameters = new URLSearchParams();
  const add = (name, value) => value && parameters.append(name, value);
  add("q", search.q);
  add("near", search.near);
  add("radius", search.radius);
  search.offers.forEach((concept) => add("offers", concept));
  options.kinds.forEach((kind) => add("kind", kind));
  add("unpaid_only", options.unpaidOnly && "1");
  add("lang", options.lang);
  return parameters;
}

/** Return the address of the full results. It holds what was understood and never the words, which no history should keep. */
export function pageAddress(search, options, query = { concepts: [] }) {
  const understood = query.concepts.filter((concept) => concept.role === "filter").map((concept) => concept.id);
  const near = query.place ? query.place.label : search.near;
  const parts = { ...search, q: "", near, offers: [...new Set([...search.offers, ...understood])] };
  return `${options.server}/search?${parametersOf(parts, options)}`;
}

/**
 * Return the answer, or what went wrong as {failure, problem}: unreachable, busy, unavailable, place or refused.
 * `whenSlow` is called once if the answer takes long. An aborted search rejects, since nobody waits for it.
 */
export async function ask(search, options, signal, whenSlow) {
  const parameters = parametersOf(search, options);
  parameters.append("page", search.page);
  parameters.append("per_page", options.perPage);
  const lost = new AbortController();
  const giveUp = () => lost.abort();
  signal.addEventListener("abort", giveUp);
  const slow = setTimeout(whenSlow, SLOW_MS);
  const end = setTimeout(giveUp, LOST_MS);
  try {
    const response = await fetch(`${options.server}/api/v1/search?${parameters}`, {
      credentials: "omit", referrerPolicy: "no-referrer", mode: "cors", signal: lost.signal,
    });
    const answer = await response.json();
    return response.ok ? answer : { failure: failureOf(response.status, answer), problem: answer };
  } catch (error) {
    if (signal.aborted) throw error;
    return { failure: "unreachable", problem: {} };
  } finally {
    clearTimeout(slow);
    clearTimeout(end);
  }
}

function failureOf(status, problem) {
  if (status === 429) return "busy";
  if (status >= 500) return "unavailable";
  return String(problem.type).endsWith("unknown-place") ? "place" : "refused";
}
