// <treatment-search>: reads its attributes, asks the directory, shows what it answers. See docs/embedding.md.

import { ask } from "./api.js";
import { fill, make } from "./dom.js";
import { box, field, filters, radiusChoice } from "./form.js";
import { OWNER, STYLE, WORDS } from "./given.js";
import { ATTRIBUTES, optionsOf } from "./options.js";
import { answerView, asksForPlace, countSentence, failureView } from "./results.js";
import { crisisStrip, helpLines, leaveButton } from "./safety.js";

// So that a quick second answer does not interrupt the reading of the first.
const STATUS_DELAY_MS = 400;
const TYPED = ["keydown", "keyup", "beforeinput", "input", "change", "paste"];

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

export class TreatmentSearch extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #root = this.attachShadow({ mode: "open" });
  #waiting = false;
  #running = new AbortController();
  #timer = 0;
  // Focus moves only for somebody who used the widget, never while the host's page loads.
  #byReader = false;
  #options;
  #words;
  // What is asked now; private, since it holds what the reader typed.
  #search;
  #q;
  #near;
  #radius;
  #status;
  #answer;
  #chosen;

  connectedCallback() {
    this.#startSoon();
  }

  attributeChangedCallback() {
    this.#startSoon();
  }

  disconnectedCallback() {
    this.#running.abort();
    clearTimeout(this.#timer);
  }

  /** Several attributes that change together start the widget once. */
  #startSoon() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.isConnected) this.#start();
    });
  }

  #start() {
    const options = this.#options = optionsOf(this);
    const words = this.#words = WORDS[options.lang];
    this.#search = { q: "", near: options.near, radius: options.radius, offers: options.offers, page: 1 };
    this.#status = make("p", { class: "unseen", role: "status" });
    this.#answer = make("div", { class: "answer" });
    this.#chosen = make("div");
    const frame = make("div", { class: `frame ${options.theme}`, lang: options.lang },
      crisisStrip(words, options.localLine),
      [options.limits && words.only, words.by, options.highlight.length > 0 && words.marks].filter(Boolean).map((sentence) =>
        make("p", { class: "by" }, fill(sentence, { owner: OWNER || new URL(options.server).host, host: options.host }))),
      make(`h${options.level}`, {}, words.title), this.#form(), this.#status, this.#answer,
      make("p", {}, leaveButton(words)));
    keepTyping(frame);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren(frame);
    if (this.#asks()) this.#run();
  }

  /** Whether there is anything to search. */
  #asks() {
    const { q, near, offers } = this.#search;
    return q || near || offers.length || this.#options.states || this.#options.only;
  }

  #form() {
    const [words, options] = [this.#words, this.#options];
    this.#q = box("");
    this.#near = box(options.near);
    this.#radius = radiusChoice(words, options.radius);
    const submit = (event) => {
      event.preventDefault();
      this.#change({ q: this.#q.value.trim(), near: this.#near.value.trim(), radius: this.#radius.value });
    };
    return make("form", { role: "search", "aria-label": `${words.title} ${options.near}`, onsubmit: submit, novalidate: true },
      field(words.what, this.#q, options.locked), field(words.where, this.#near), field(words.far, this.#radius),
      make("p", {}, make("button", { part: "button" }, words.go)), this.#chosen);
  }

  /** Search again with something changed; a reader who used a button of the old answer is put at the new one. */
  #change(changes, moveFocus = false) {
    this.#search = { ...this.#search, page: 1, ...changes };
    this.#byReader = true;
    this.#near.value = this.#search.near;
    this.#radius.value = this.#search.radius;
    if (!this.#asks()) {
      this.#near.problem(this.#words.empty);
      this.#near.focus();
      return;
    }
    this.#run(moveFocus);
  }

  async #run(moveFocus = false) {
    const [words, options, search] = [this.#words, this.#options, this.#search];
    this.#running.abort();
    const running = this.#running = new AbortController();
    this.#say(words.searching);
    this.#near.problem("");
    this.#answer.setAttribute("aria-busy", "true");
    if (!this.#answer.childElementCount) this.#answer.replaceChildren(make("p", {}, words.searching));
    const whenSlow = () => this.#show([make("p", {}, words.slow), helpLines(words)], words.slow);
    const answer = await ask(search, options, running, whenSlow);
    if (!answer || running !== this.#running) return;
    this.#answer.removeAttribute("aria-busy");
    if (answer.failure) this.#showFailure(answer);
    else this.#showAnswer(answer);
    if (moveFocus) this.#answer.querySelector(".count").focus();
  }

  #showAnswer(answer) {
    const [words, options, search] = [this.#words, this.#options, this.#search];
    this.#show(answerView(answer, search, words, options, this.#acts()), countSentence(answer, search, words));
    this.#chosen.replaceChildren(options.locked ? "" : filters(answer, search.offers, words, (offers) => this.#change({ offers })));
    if (asksForPlace(answer)) this.#near.problem(words.nearMe);
    this.#tell("results", { total: answer.total, page: answer.page });
  }

  #showFailure(answer) {
    const [words, options, search] = [this.#words, this.#options, this.#search];
    this.#show(failureView(answer, search, words, options, this.#acts()), words.failures[answer.failure]);
    if (answer.failure !== "place") return;
    this.#near.problem(words.failures.place);
    if (this.#byReader) this.#near.focus();
  }

  #acts() {
    return {
      again: () => this.#run(true),
      near: (near) => this.#change({ near }, true),
      radius: (radius) => this.#change({ radius }, true),
      page: (page) => this.#change({ page }, true),
      opened: (row) => this.#tell("select", { id: row.id }),
    };
  }

  #show(children, spoken) {
    this.#answer.replaceChildren(...children.filter(Boolean));
    this.#say(spoken);
  }

  #say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#status.textContent = text; }, STATUS_DELAY_MS);
  }

  /** Events for the host: counts and ids, never what was searched. */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

/** Keep what is typed from listeners of the host that wait for it to bubble. Escape may leave: it may be the host's own. */
function keepTyping(frame) {
  for (const name of TYPED) {
    frame.addEventListener(name, (event) => event.key === "Escape" || event.stopPropagation());
  }
}

if (!customElements.get("treatment-search")) customElements.define("treatment-search", TreatmentSearch);
