// Suggestions under the two search boxes: an editable combobox with a list (WAI-ARIA Authoring Practices 1.2).
// The page is complete without it. Nothing is stored; letters go to this site alone, and only while a short text is typed.

const PAUSE_MS = 150;
const SHORTEST = 2;
const LONGEST = 40; // longer texts are sentences: they are read when the form is sent, not completed
const KINDS = { concept: ["concept", "name"], place: ["place"] };

class Combobox {
  constructor(input) {
    this.input = input;
    this.kinds = KINDS[input.dataset.suggest];
    this.active = -1;
    this.asked = 0;
    this.list = this.makeList();
    this.status = this.makeStatus();
    this.describe();
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE_MS));
  }

  makeList() {
    const list = document.createElement("ul");
    list.id = `${this.input.id}-choices`;
    list.className = "choices";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.input.labels[0].textContent);
    list.addEventListener("mousedown", (event) => {
      const choice = event.target.closest("[role=option]");
      if (choice) {
        event.preventDefault();
        this.take(choice);
      }
    });
    this.input.after(list);
    return list;
  }

  makeStatus() {
    const status = document.createElement("div");
    status.className = "unseen";
    status.setAttribute("role", "status");
    this.input.after(status);
    return status;
  }

  describe() {
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    if (text.length < SHORTEST || text.length > LONGEST) return this.close();
    const lang = document.documentElement.lang;
    const address = `/api/v1/suggest?${new URLSearchParams({ q: text, lang, limit: "12" })}`;
    try {
      const answer = await fetch(address, { referrerPolicy: "no-referrer", credentials: "omit" });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (turn === this.asked) this.show(found.filter((one) => this.kinds.includes(one.kind)).slice(0, 6));
    } catch {
      this.close(); // without a connection there is nothing to suggest; the form still works
    }
    return undefined;
  }

  show(found) {
    if (!found.length || document.activeElement !== this.input) return this.close();
    this.list.replaceChildren(...found.map((one, number) => this.option(one, number)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
    this.status.textContent = this.input.dataset.found.replace("%d", found.length);
    return undefined;
  }

  option(one, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = one.kind === "name" ? one.id : one.text; // the label of a paying place is shown, and is not asked for
    option.append(one.text);
    if (one.detail) {
      const detail = document.createElement("small");
      detail.textContent = one.detail;
      option.append(" ", detail);
    }
    return option;
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && !this.list.hidden) {
      event.preventDefault();
      this.expectNothing(); // who moves in this list chooses from it: an answer on its way must not replace it
      const count = this.list.children.length;
      this.mark((this.active + moves[event.key] + count + (this.active < 0 && event.key === "ArrowUp" ? 1 : 0)) % count);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.take(this.list.children[this.active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  mark(number) {
    this.active = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const chosen = this.list.children[number];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(option) {
    this.input.value = option.dataset.text;
    this.close();
  }

  expectNothing() {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  close() {
    this.expectNothing();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
    this.status.textContent = "";
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Combobox(input);
