// The one call of this page: who wants to draw it listens, who changes it sends an event.

import { newCall, next } from "./state.js";

const body = document.body;
export const words = JSON.parse(body.dataset.words);
export const practising = "practice" in body.dataset;

export const call = {
  now: newCall(document.documentElement.lang),
  listeners: [],
  send(event) {
    const before = call.now;
    call.now = next(before, event);
    if (call.now !== before) for (const listener of call.listeners) listener(call.now, before);
    return call.now !== before;
  },
  changed(listener) {
    call.listeners.push(listener);
  },
};

export function say(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
