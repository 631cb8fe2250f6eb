// Suggestions below a search field, after the pattern of an editable combobox with a list
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the form is sent as it is.
"use strict";

const PAUSE = 120; // ms of silence before the server is asked

class Suggestions {
  #asked = new Map();
  #timer = 0;
  #asking = null;
  #active = -1;
  #options = [];

  constructor(form) {
    this.address = form.dataset.suggest;
    this.input = form.querySelector("input[type=search]");
    const id = `${this.input.id}-suggestions`;
    this.list = Object.assign(document.createElement("ul"), { id, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.label);
    this.status = Object.assign(document.createElement("div"), { className: "visually-hidden" });
    this.status.setAttribute("aria-live", "polite"); // no role of its own: the page has one that says what was done
    form.append(this.list, this.status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.#wait());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.#choose(this.#options.indexOf(event.target.closest("[role=option]"))));
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    const query = this.input.value.trim();
    if (!query) return this.#close();
    this.#timer = setTimeout(() => this.#ask(query), this.#asked.has(query) ? 0 : PAUSE);
  }

  async #ask(query) {
    const asking = (this.#asking = new AbortController());
    try {
      let answer = this.#asked.get(query);
      if (!answer) {
        const response = await fetch(`${this.address}?${new URLSearchParams({ q: query })}`, { signal: asking.signal, credentials: "omit" });
        if (!response.ok) return this.#close();
        answer = await response.json();
        this.#asked.set(query, answer);
      }
      if (asking.signal.aborted || document.activeElement !== this.input) return;
      this.#show(answer);
    } catch (error) {
      if (error.name !== "AbortError") this.#close(); // without the server the form still works
    }
  }

  #show({ said, suggestions }) {
    this.#options = suggestions.map((suggestion, place) => this.#option(suggestion, place));
    this.list.replaceChildren(...this.#options);
    this.#activate(-1);
    this.#open(suggestions.length > 0);
    this.status.textContent = said;
  }

  #option({ name, language, href, small, found }, place) {
    const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${place}` });
    option.setAttribute("role", "option");
    option.dataset.href = href;
    const words = Object.assign(document.createElement("span"), { className: "name", textContent: name, lang: language });
    const more = Object.assign(document.createElement("small"), { textContent: [found, small].filter(Boolean).join(" · ") });
    option.append(words, " ", more);
    return option;
  }

  #open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#activate(-1);
    this.#open(false);
    this.status.textContent = "";
  }

  #activate(place) {
    this.#options[this.#active]?.removeAttribute("aria-selected");
    this.#active = place;
    const option = this.#options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  #choose(place) {
    const option = this.#options[place];
    if (option) location.assign(option.dataset.href);
  }

  #key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return this.#wait();
      // Beyond either end lies the field itself, where nothing is chosen.
      const places = this.#options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#activate(((this.#active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first Escape closes the list, the next empties the field
      this.#close();
    }
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
