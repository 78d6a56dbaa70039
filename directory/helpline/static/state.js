// What a call is at a moment, and what changes it. Pure: the page is drawn from this, and it is all that "End call" has to clear.

export const MOST_KEPT = 8;

export function newCall(speak) {
  return { service: "waiting", danger: "unasked", kept: [], speak };
}

const changes = {
  asked: (call) => ({ ...call, service: "asking" }),
  answered: (call) => ({ ...call, service: "answered" }),
  failed: (call) => ({ ...call, service: "failed" }),
  locked: (call) => ({ ...call, service: "locked" }),
  emptied: (call) => ({ ...call, service: "waiting" }),
  dangerChecked: (call) => ({ ...call, danger: "checked" }),
  kept: (call, { place }) => (has(call, place.id) || isFull(call) ? call : { ...call, kept: [...call.kept, { ...place, asked: [] }] }),
  removed: (call, { id }) => ({ ...call, kept: call.kept.filter((one) => one.id !== id) }),
  moved: (call, { id, by }) => ({ ...call, kept: moved(call.kept, id, by) }),
  ticked: (call, { id, what, on }) => ({ ...call, kept: call.kept.map((one) => (one.id === id ? ticked(one, what, on) : one)) }),
  spoken: (call, { speak }) => ({ ...call, speak }),
  ended: (call) => newCall(call.speak),
};

export function next(call, event) {
  return changes[event.type](call, event);
}

export function has(call, id) {
  return call.kept.some((one) => one.id === id);
}

export function isFull(call) {
  return call.kept.length >= MOST_KEPT;
}

function moved(kept, id, by) {
  const from = kept.findIndex((one) => one.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= kept.length) return kept;
  const others = kept.filter((one) => one.id !== id);
  return [...others.slice(0, to), kept[from], ...others.slice(to)];
}

function ticked(place, what, on) {
  const others = place.asked.filter((one) => one !== what);
  return { ...place, asked: on ? [...others, what] : others };
}
