// One question to the directory, without cookies and without saying which page asks.

// After the first time the reader is told and the lines are shown; after the second nothing more is expected.
const SLOW_MS = 4000;
const LOST_MS = 20000;

/** Return the parameters of a search, without those that say nothing. */
function parametersOf({ q, near, radius, offers }, { kinds, unpaidOnly, lang }, more = {}) {
  const all = { q, near, radius, offers: offers.join(), kind: kinds.join(), unpaid_only: Number(unpaidOnly), lang, ...more };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value));
}

/**
 * Return the address of the full results: of the whole directory, whatever the host limits here. It holds what was understood
 * and never the words, which no history should keep.
 */
export function pageAddress({ search, options }, query = { concepts: [] }) {
  const understood = query.concepts.filter((concept) => concept.role === "filter").map((concept) => concept.id);
  const near = query.place?.label || search.near;
  const parts = { ...search, q: "", near, offers: [...new Set([...search.offers, ...understood])] };
  return `${options.server}/search?${parametersOf(parts, options)}`;
}

/**
 * Return the answer, or what went wrong as {failure, problem}: unreachable, busy, unavailable, place or refused. Nothing when
 * somebody aborts `running`: nobody waits for it then. `whenSlow` is called once if the answer takes long.
 */
export async function ask({ search, options }, running, whenSlow) {
  const { states, only, perPage, lang } = options;
  const { page, byReader } = search;
  const more = { states, only, page, per_page: perPage, lang: byReader ? "" : lang }; // the API takes nothing twice
  const parameters = parametersOf(search, options, more);
  // What a reader asks goes in the body: the browser keeps addresses, and scripts that measure the host's page report them.
  const [address, sent] = byReader ? [`lang=${lang}`, { method: "POST", body: parameters }] : [parameters, {}];
  let lost = false;
  const slow = setTimeout(whenSlow, SLOW_MS);
  const end = setTimeout(() => { lost = true; running.abort(); }, LOST_MS);
  try {
    const response = await fetch(`${options.server}/api/v1/search?${address}`, {
      credentials: "omit", referrerPolicy: "no-referrer", signal: running.signal, ...sent,
    });
    const answer = await response.json();
    return response.ok ? answer : { failure: failureOf(response.status, answer), problem: answer };
  } catch {
    return (lost || !running.signal.aborted) && { failure: "unreachable", problem: {} };
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
