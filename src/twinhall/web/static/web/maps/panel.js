// What stands beside the map of a list, in words: the places in view, or the partners of the one that is chosen.

/** An element with properties and children. */
function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== ""));
  return made;
}

/** The panel of an open `atlas`, and the place for the map itself. */
export function panelOf(details, words) {
  const canvas = make("div", { className: "map-live" });
  const frame = make("div", { className: "map-frame" }, canvas);
  const element = make("div", { className: "atlas-panel" });
  const body = make("div", { className: "atlas-body" }, frame, element);
  const notes = make("div", { className: "atlas-notes" }, make("p", { textContent: words.help }));
  details.append(body, notes);
  return new Panel({ canvas, element, body, notes, words });
}

class Panel {
  constructor(parts) {
    Object.assign(this, parts);
    this.buttons = new Map();
    this.numbers = new Intl.NumberFormat(document.documentElement.lang);
  }

  /** Who is told what the reader does here: `light`, `choose` with a number, `back`. */
  listen(told) {
    this.told = told;
    this.body.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || document.fullscreenElement) return;
      event.preventDefault();
      told.back();
    });
  }

  /** The places in view with the most ties, as buttons. */
  places(found) {
    if (this.element.contains(document.activeElement) && document.activeElement.dataset.number !== undefined) {
      this.kept = Number(document.activeElement.dataset.number);
    }
    this.buttons = new Map();
    const rows = found.map(([number, { name, country, count }]) =>
      this._row("button", { type: "button" }, { number, name, small: country, figure: this.numbers.format(count) }),
    );
    for (const [number, button] of this.buttons) button.addEventListener("click", () => this.told.choose(number));
    this._fill(make("h2", { textContent: this.words.most, tabIndex: -1 }), this._list(rows, this.words.none));
    if (this.kept !== undefined) this.focus(this.kept);
    this.kept = undefined;
  }

  /** A place that was chosen, and its partners as links; those on the map are lit with it. */
  ties({ name, country, href, count }, ties, shown) {
    this.buttons = new Map();
    const rows = ties.map((tie) => {
      const told = { number: shown.indexOf(tie), name: tie.name, small: tie.country, figure: "" };
      return this._row("a", { href: tie.href }, told);
    });
    const title = make("h2", { textContent: name, tabIndex: -1 });
    const figure = `${this.words.counted}: ${this.numbers.format(count)}`;
    const back = make("button", { type: "button", className: "plain", textContent: this.words.back });
    back.addEventListener("click", () => this.told.back());
    const links = make("p", { className: "atlas-links" }, make("a", { href, textContent: this.words.page }), back);
    const about = make("p", { textContent: [country, figure].filter(Boolean).join(" · ") });
    this._fill(title, about, links, this._list(rows, this.words.none, this.words.partners));
    title.focus({ preventScroll: true });
  }

  /** Light the row of a number; null lights none. */
  light(number) {
    for (const [which, button] of this.buttons) button.classList.toggle("is-lit", which === number);
  }

  /** Put the keyboard back on the row of a number, else on the heading. */
  focus(number) {
    (this.buttons.get(number) ?? this.element.querySelector("h2")).focus({ preventScroll: true });
  }

  /** Say how many have no position. */
  missing(count) {
    if (!count) return;
    this.notes.append(make("p", { textContent: `${this.words.missing}: ${this.numbers.format(count)}` }));
  }

  /** Say that nothing could be drawn. */
  failed() {
    this.body.replaceChildren(make("p", { textContent: this.words.failed }));
  }

  _fill(...parts) {
    this.element.replaceChildren(...parts);
  }

  _row(tag, properties, { number, name, small, figure }) {
    const words = [make("strong", { textContent: name }), make("small", { textContent: small })];
    if (figure) words.push(make("span", { className: "num", textContent: figure }));
    const row = make(tag, properties, ...words);
    if (number >= 0) this._lightable(row, number);
    return make("li", {}, row);
  }

  _lightable(row, number) {
    row.dataset.number = number;
    this.buttons.set(number, row);
    for (const event of ["pointerenter", "focus"]) row.addEventListener(event, () => this.told.light(number));
    for (const event of ["pointerleave", "blur"]) row.addEventListener(event, () => this.told.light(null));
  }

  _list(rows, none, label = "") {
    if (!rows.length) return make("p", { textContent: none });
    const list = make("ul", { className: "atlas-list" }, ...rows);
    if (label) list.setAttribute("aria-label", label);
    return list;
  }
}
