// <treatment-search>: reads its attributes, asks the directory, shows what it answers. See docs/embedding.md.

import { ask } from "./api.js";
import { fill, make } from "./dom.js";
import { box, chosenIn, field, filters, radiusChoice } from "./form.js";
import { OWNER, STYLE, WORDS } from "./given.js";
import { ATTRIBUTES, optionsOf } from "./options.js";
import { answerView, asksForPlace, countSentence, failureView } from "./results.js";
import { crisisStrip, helpLines, leaveButton } from "./safety.js";

// So that a quick second answer does not interrupt the reading of the first.
const STATUS_DELAY_MS = 400;
const TYPED = ["keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "compositionupdate", "compositionend", "paste"];
// What the widget begins with. Whatever else the host changes, the reader's own search stays.
const BEGINNING = ["near", "radius", "offers"];

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

export class TreatmentSearch extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #root = this.attachShadow({ mode: "open" });
  #waiting = false;
  #running = new AbortController();
  #timer;
  // What every part of an answer is made from: words, options, what the reader can do (act), and what is asked now (search),
  // which is private, since it holds what the reader typed. `search.byReader` tells that it is no longer the host's own:
  // focus moves only then, never while the host's page loads.
  #view = {};
  #q;
  #near;
  #radius;
  #chosen;
  #status;
  #answer;

  connectedCallback() {
    this.#startSoon();
  }

  /** Frameworks set again what stands already. */
  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (BEGINNING.includes(name)) this.#view = {};
    this.#startSoon();
  }

  disconnectedCallback() {
    this.#running.abort();
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
    // What the host wrote inside is shown should an attribute make the rest impossible.
    this.#running.abort();
    this.#root.replaceChildren(make("slot"));
    const options = optionsOf(this);
    const words = WORDS[options.lang];
    const { near, radius, offers } = options;
    const search = { q: "", near, radius, offers, ...this.#view.search, page: 1 };
    this.#view = { words, options, search, act: this.#acts() };
    this.#status = make("p", { class: "unseen", role: "status" });
    this.#answer = make("div", { class: "answer" });
    const frame = make("div", { class: `frame ${options.theme}`, lang: options.lang },
      crisisStrip(words, options), this.#whose(), leaveButton(words),
      make(`h${options.level}`, {}, words.title), this.#form(), this.#status, this.#answer);
    keepTyping(frame);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren(frame);
    if (this.#asks()) this.#run();
  }

  /** Whose choice of places this is, where the host limits or marks them, and whose results. */
  #whose() {
    const { words, options } = this.#view;
    return [options.limits && words.only, words.by, options.highlight.length > 0 && words.marks].map((sentence) =>
      sentence && make("p", { class: "by" }, fill(sentence, { owner: OWNER || new URL(options.server).host, host: options.host })));
  }

  /** Whether there is anything to search. */
  #asks() {
    const { search, options } = this.#view;
    return search.q || search.near || search.offers.length || options.states || options.only;
  }

  #form() {
    const { words, options, search } = this.#view;
    this.#q = box(search.q);
    this.#near = box(search.near);
    this.#radius = radiusChoice(words, search.radius);
    this.#chosen = make("div", { class: "filters" });
    const submit = (event) => {
      event.preventDefault();
      const offers = this.#chosen.childElementCount ? chosenIn(this.#chosen) : this.#view.search.offers;
      this.#change({ q: this.#q.value.trim(), near: this.#near.value.trim(), radius: this.#radius.value, offers });
    };
    return make("form", { role: "search", "aria-label": `${words.title} ${options.near}`, onsubmit: submit, novalidate: true },
      field(words.what, this.#q, options.locked), field(words.where, this.#near), field(words.far, this.#radius), this.#chosen,
      make("p", {}, make("button", { part: "button" }, words.go)));
  }

  /** Search again with something changed; a reader who used a button of the old answer is put at the new one. */
  #change(changes, moveFocus = false) {
    const search = this.#view.search = { ...this.#view.search, page: 1, ...changes, byReader: true };
    this.#near.value = search.near;
    this.#radius.value = search.radius;
    if (!this.#asks()) {
      this.#near.problem(this.#view.words.nearMe);
      this.#near.focus();
      return;
    }
    this.#run(moveFocus);
  }

  async #run(moveFocus = false) {
    const { words } = this.#view;
    this.#running.abort();
    const running = this.#running = new AbortController();
    this.#say(words.searching);
    this.#near.problem("");
    // The old answer can still be read, but no tap may land on a number that is about to become another one.
    if (!this.#answer.inert) this.#answer.prepend(make("p", {}, words.searching));
    this.#answer.inert = true;
    const whenSlow = () => this.#show(words.slow, make("p", {}, words.slow), helpLines(words));
    const answer = await ask(this.#view, running, whenSlow);
    if (!answer || running !== this.#running) return;
    this.#put(answer);
    if (moveFocus) this.#answer.querySelector(".count").focus();
  }

  /** Show an answer; one that cannot be read, such as that of another version, is a failure. */
  #put(answer) {
    try {
      if (answer.failure) this.#showFailure(answer);
      else this.#showAnswer(answer);
    } catch (error) {
      this.#showFailure({ failure: "unavailable", problem: {} });
      throw error;
    }
  }

  #showAnswer(answer) {
    const { words, options, search } = this.#view;
    this.#show(countSentence(answer, this.#view), answerView(answer, this.#view));
    if (!options.locked) this.#chosen.replaceChildren(...filters(answer, search.offers, words));
    if (asksForPlace(answer)) this.#near.problem(words.nearMe);
    this.#tell("results", { total: answer.total, page: answer.page });
  }

  #showFailure(answer) {
    const { words, search } = this.#view;
    this.#show(words.failures[answer.failure], failureView(answer, this.#view));
    if (answer.failure !== "place") return;
    this.#near.problem(words.failures.place);
    if (search.byReader) this.#near.focus();
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

  #show(spoken, ...children) {
    this.#answer.inert = false;
    this.#answer.replaceChildren(...children);
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
