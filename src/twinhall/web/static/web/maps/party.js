// The map of one party: takes the place of the server's drawing, and lights up together with the list beside it.

import { bounds } from "./sphere.js";
import { letters, Stage } from "./stage.js";
import { tieLayers, Ties, tieSources } from "./ties.js";

/** Draw the map of a figure of `components/map.html`; its drawing stays where this fails. */
export async function open(figure, kit) {
  const told = await (await fetch(figure.dataset.ties)).json();
  const places = [told.party, ...told.ties].map(({ at }) => at).filter(Boolean);
  if (!places.length) return;
  await letters([told.party.name, ...told.ties.map(({ name }) => name)]);
  const drawing = figure.querySelector("svg");
  const element = document.createElement("div");
  element.className = "map-live";
  drawing.after(element);
  try {
    const label = drawing.getAttribute("aria-label");
    const stage = await Stage.open(element, kit, {
      sources: tieSources(),
      layers: tieLayers,
      bounds: bounds(places),
      label,
    });
    const ties = new Ties(stage);
    ties.show(told);
    await new Promise((resolve) => stage.map.once("idle", resolve));
    figure.classList.add("is-live");
    figure.querySelector(".map-credit")?.remove(); // the map names it itself
    meet(figure, stage.map, ties);
  } catch (fault) {
    element.remove();
    throw fault;
  }
}

/** Pointing at a tie lights its row, pointing at a row its tie; so does the keyboard. */
function meet(figure, map, ties) {
  const told = figure.querySelector(".map-told");
  const rows = rowsOf(ties.partners);
  let chosen = null;
  const light = (number) => {
    ties.light(number);
    for (const [row, numbers] of rows) row.classList.toggle("is-lit", numbers.includes(number));
    map.getCanvas().style.cursor = number === null ? "" : "pointer";
  };
  const choose = (number) => {
    chosen = number;
    light(number);
    told?.replaceChildren(...(number === null ? [] : words(ties.partners[number])));
  };
  map.on("mousemove", ({ point }) => light(ties.at(point) ?? chosen));
  map.on("mouseout", () => light(chosen));
  map.on("click", ({ point }) => choose(ties.at(point, 14)));
  figure.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") choose(null);
  });
  for (const [row, [number]] of rows) {
    for (const event of ["pointerenter", "focusin"]) row.addEventListener(event, () => light(number));
    for (const event of ["pointerleave", "focusout"]) row.addEventListener(event, () => light(chosen));
  }
}

/** The rows of the page's tables that link to partners, each with the numbers of these. */
function rowsOf(partners) {
  const numbers = new Map(partners.map(({ href }, number) => [href, number]));
  const rows = new Map();
  for (const link of document.querySelectorAll("main table tbody th a[href]")) {
    const number = numbers.get(link.getAttribute("href").split("?")[0]);
    const row = link.closest("tr");
    if (number !== undefined) rows.set(row, [...(rows.get(row) ?? []), number]);
  }
  return rows;
}

function words({ name, href, country }) {
  const link = Object.assign(document.createElement("a"), { href, textContent: name });
  return country ? [link, `, ${country}`] : [link];
}
