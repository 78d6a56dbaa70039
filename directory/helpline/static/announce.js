// What is said to those who hear the page. An answer is announced after a rest, so that typing is not talked over.

const REST_MS = 900;
const line = document.getElementById("said");
let timer = 0;

export function announce(text) {
  clearTimeout(timer);
  line.textContent = line.textContent === text ? `${text}\u00a0` : text;
}

export function announceAfterRest(text) {
  clearTimeout(timer);
  timer = setTimeout(() => announce(text), REST_MS);
}

export function quiet() {
  clearTimeout(timer);
}
