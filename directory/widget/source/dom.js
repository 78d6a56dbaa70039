// Elements without HTML text: nothing here can inject, and pages that enforce Trusted Types have nothing to refuse.

/** Return an element. Properties that start with "on" are listeners; lists of children are unfolded, false ones left out. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat(9).filter(Boolean));
  return element;
}

/** Return a button that does something here; the host may style it. */
export function button(words, onclick, style = "quiet") {
  return make("button", { type: "button", part: "button", class: style, onclick }, words);
}

/** Return words with their places in braces filled: fill("{n} places", {n: 3}). */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const NUMBERS = /((?:text|envíe un texto al) 988|(?:call|llame)(?= (?:or|o) (?:text|envíe))|1-\d{3}-\d{3}-\d{4}|\b(?:911|988|741741)\b)/i;

/** Return a sentence in which every emergency number can be called or texted. */
export function withCalls(sentence) {
  return sentence.split(NUMBERS).map((piece, index) => index % 2 ? make("a", { href: addressOf(piece) }, piece) : piece);
}

function addressOf(piece) {
  if (/\s988$/.test(piece)) return "sms:988";
  if (piece === "741741") return "sms:741741";
  if (/^\D+$/.test(piece)) return "tel:988";
  return callAddress(piece);
}

/** Return the address that calls a number as people dial it. */
export function callAddress(number) {
  const digits = number.replace(/[^\d+]/g, "");
  return `tel:${/^1\d{10}$/.test(digits) ? "+" : ""}${digits}`;
}
