// The map of a list: its places by number of ties, and the ties of the one that is chosen. Never all at once.

import { panelOf } from "./panel.js";
import { bounds } from "./sphere.js";
import { ink, keepClear, lettering, letters, ROOM, Stage } from "./stage.js";
import { NEAREST, radius, zooms } from "./thinning.js";
import { apart, tieLayers, Ties, tieSources } from "./ties.js";

const WORLD = [[-128, -42], [152, 66]];
const LEADING = 40;
const HIDDEN_WITH_TIES = ["circles", "circle-names", "circle-room", "lit-circle", "lit-circle-name"];
const SHOWN = ["<=", ["get", "zoom"], ["zoom"]];
/** Those that are named: the forty with the most ties at first, three times as many with each zoom. */
const LEADS = ["<", ["id"], ["*", 40, ["^", 3, ["zoom"]]]];

/** Draw the map of `atlas` in `components/map.html`. */
export async function open(details, kit) {
  const words = JSON.parse(details.dataset.words);
  const panel = panelOf(details, words);
  try {
    const told = await json(details.dataset.parties);
    const places = read(told, details.dataset.page);
    await letters(places.map(({ name }) => name));
    const stage = await Stage.open(panel.canvas, kit, {
      sources: { places: features(places), ...tieSources() },
      layers: (colour) => [...placeLayers(colour), ...tieLayers(colour)],
      bounds: extent(places),
      label: details.dataset.label,
    });
    panel.missing(told.missing);
    new Atlas(stage, places, panel, details.dataset.ties);
  } catch (fault) {
    panel.failed();
    throw fault;
  }
}

/** An address of ours with the filters of this page. */
async function json(address) {
  const url = new URL(address, location.href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (value && !["page", "sort"].includes(name)) url.searchParams.append(name, value);
  }
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** The columns of `parties_by_ties` in `web/atlas.py` as places; those with the most ties first. */
const read = (told, page) =>
  told.name
    .map((name, row) => ({
      name,
      slug: told.slug[row] || name.toLowerCase().replaceAll(" ", "-"),
      country: told.countries[told.country[row]] ?? "",
      at: [told.east[row] / 1000, told.north[row] / 1000],
      count: told.ties[row],
    }))
    .map((place) => ({ ...place, href: page.replace("{}", place.slug) }))
    .sort((a, b) => b.count - a.count);

function features(places) {
  const from = zooms(places.map(({ at }) => at), places.map(({ count }) => count));
  const each = places.map(({ name, at, count }, id) => ({
    type: "Feature",
    id,
    geometry: { type: "Point", coordinates: at },
    properties: { name, count, zoom: from[id] },
  }));
  return { type: "FeatureCollection", features: each };
}

/** Where to begin: around all places if they lie in one part of the world, else the inhabited world. */
function extent(places) {
  const [[west, south], [east, north]] = places.length ? bounds(places.map(({ at }) => at)) : WORLD;
  return east - west < 150 ? [[west, south], [east, north]] : WORLD;
}

/** The radius of a circle and some pixels more, in units of so many pixels. */
const size = (zoom, more, unit) => {
  const [a, b] = [radius(1, zoom) - radius(0, zoom), radius(0, zoom)];
  return ["+", (b + more) / unit, ["*", a / unit, ["sqrt", ["get", "count"]]]];
};
const sizes = (more = 0, unit = 1) => [
  ...["interpolate", ["linear"], ["zoom"]],
  ...[0, size(0, more, unit), NEAREST, size(NEAREST, more, unit)],
];

const specks = (share = 1) => ["interpolate", ["linear"], ["zoom"], 1, 0.17 * share, 6, 0.42 * share];

const placeLayers = (colour) => [
  {
    id: "specks",
    type: "circle",
    source: "places",
    paint: {
      "circle-color": colour.here,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, 0.7, 4, 1.4, 8, 2.6],
      "circle-opacity": specks(),
    },
  },
  {
    id: "circles",
    type: "circle",
    source: "places",
    filter: SHOWN,
    layout: { "circle-sort-key": ["-", ["get", "count"]] },
    paint: {
      "circle-color": colour.here,
      "circle-radius": sizes(),
      "circle-opacity": 0.62,
      "circle-stroke-color": colour.sheet,
      "circle-stroke-width": 1,
    },
  },
  {
    id: "lit-circle",
    type: "circle",
    source: "places",
    filter: ["==", ["id"], -1],
    paint: {
      "circle-color": colour.there,
      "circle-radius": sizes(1.5),
      "circle-stroke-color": colour.sheet,
      "circle-stroke-width": 2,
    },
  },
  { ...placeNames(colour, 12.5), id: "circle-names", filter: ["all", SHOWN, LEADS] },
  keepClear("circle-room", "places", SHOWN, sizes(0, ROOM / 2)),
  { ...placeNames(colour, 15), id: "lit-circle-name", filter: ["==", ["id"], -1] },
];

const placeNames = (colour, letter) => ({
  type: "symbol",
  source: "places",
  layout: {
    ...lettering,
    "text-max-width": 24,
    "text-field": ["format", ["get", "name"], {}, "  ", {}, ["to-string", ["get", "count"]], { "font-scale": 0.9 }],
    "text-size": letter,
    "text-variable-anchor": ["left", "right", "top", "bottom"],
    "text-radial-offset": sizes(5, letter),
    "text-justify": "auto",
    "text-padding": 3,
    "text-allow-overlap": letter > 13,
    "symbol-sort-key": ["-", ["get", "count"]],
  },
  paint: ink(colour),
});

/** The places, or one place's ties; what is pointed at is lit on the map and in the panel. */
class Atlas {
  constructor(stage, places, panel, address) {
    Object.assign(this, { stage, places, panel, address, chosen: null, lit: null });
    this.ties = new Ties(stage);
    panel.listen({
      light: (number) => this.light(number),
      choose: (number) => this.choose(number),
      back: () => this.back(),
    });
    const { map } = stage;
    map.on("mousemove", ({ point }) => this.light(this._under(point)));
    map.on("mouseout", () => this.light(null));
    map.on("click", ({ point }) => this._clicked(this._under(point, 12)));
    map.on("moveend", () => this._look());
    this._look();
  }

  /** Light a place, or while ties are shown a partner; null puts out the light. */
  light(number) {
    const { map } = this.stage;
    if (number === this.lit) return;
    this.lit = number;
    if (this.chosen) this.ties.light(number);
    else for (const layer of ["lit-circle", "lit-circle-name"]) map.setFilter(layer, ["==", ["id"], number ?? -1]);
    map.getCanvas().style.cursor = number === null ? "" : "pointer";
    this.panel.light(number);
  }

  /** Show the ties of a place. */
  async choose(number) {
    const place = this.places[number];
    this.light(null);
    this.before ??= { center: this.stage.map.getCenter(), zoom: this.stage.map.getZoom() };
    const asked = (this.asked = json(this.address.replace("{}", place.slug)));
    const told = await asked.catch(() => null);
    if (this.asked !== asked) return;
    if (!told) return this.panel.failed();
    this.chosen = place;
    this._hide(true);
    this.ties.show(told);
    this.panel.ties(place, told.ties, this.ties.partners);
  }

  /** Show all places again, where the reader was. */
  back() {
    if (!this.chosen) return;
    const place = this.places.indexOf(this.chosen);
    this.chosen = this.asked = null;
    this.ties.clear();
    this.lit = null;
    this._hide(false);
    this.stage.map.easeTo({ ...this.before, duration: 400 });
    this.before = null;
    this._look();
    this.panel.focus(place);
  }

  _clicked(number) {
    if (number === null) return;
    if (!this.chosen) this.choose(number);
    else {
      const { href } = this.ties.partners[number];
      const known = this.places.findIndex((place) => place.href === href);
      if (known >= 0) this.choose(known);
    }
  }

  _under(point, reach = 6) {
    return this.chosen ? this.ties.at(point, reach + 4) : this._placeAt(point, reach);
  }

  _placeAt({ x, y }, reach) {
    const { map } = this.stage;
    const box = [[x - reach, y - reach], [x + reach, y + reach]];
    const found = map
      .queryRenderedFeatures(box, { layers: ["circles"] })
      .map(({ id }) => ({ id, ...apart(map, this.places[id].at, x, y) }))
      .sort((a, b) => a.distance - b.distance);
    return found.length ? found[0].id : null;
  }

  /** Tell the panel which places in view have the most ties. */
  _look() {
    if (this.chosen) return;
    const view = this.stage.map.getBounds();
    const [west, east] = [view.getWest(), view.getEast()];
    const isIn = ([longitude, latitude]) =>
      latitude >= view.getSouth() &&
      latitude <= view.getNorth() &&
      (((longitude - west) % 360) + 360) % 360 <= east - west;
    const found = [];
    for (let number = 0; number < this.places.length && found.length < LEADING; number++) {
      if (isIn(this.places[number].at)) found.push([number, this.places[number]]);
    }
    this.panel.places(found);
  }

  _hide(isHidden) {
    const { map } = this.stage;
    for (const layer of HIDDEN_WITH_TIES) map.setLayoutProperty(layer, "visibility", isHidden ? "none" : "visible");
    map.setPaintProperty("specks", "circle-opacity", specks(isHidden ? 0.4 : 1));
  }
}
