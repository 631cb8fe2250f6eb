// One party's ties: great circles, its partners at their ends, and one of them lit.

import { arc, bounds, near } from "./sphere.js";
import { ink, keepClear, lettering, ROOM } from "./stage.js";

const MANY = 40;
const collection = (features) => ({ type: "FeatureCollection", features });
const point = (coordinates) => ({ type: "Point", coordinates });
/** Where a name stands beside its end, best first, in ems: near the edge of the map only inwards. */
const anchors = (...told) => ["literal", told.flatMap(([name, ...offset]) => [name, offset])];
const [EAST, WEST] = [["left", 0.75, 0], ["right", -0.75, 0]];
const [SOUTH, NORTH] = [["top", 0, 0.65], ["bottom", 0, -0.65]];
const FROM_WEST = anchors(EAST, ["top-left", 0.5, 0.4], ["bottom-left", 0.5, -0.4]);
const FROM_EAST = anchors(WEST, ["top-right", -0.5, 0.4], ["bottom-right", -0.5, -0.4]);
const ANY = anchors(EAST, WEST, SOUTH, NORTH);
const EDGE = 0.22;
const LIT = ["boolean", ["feature-state", "lit"], false];

/** The sources of the layers below, of no party yet. */
export const tieSources = () => ({ arcs: collection([]), ends: collection([]) });

/** The layers of one party's ties; names give way to each other, and the lit one's stands. */
export const tieLayers = (colour) => [
  {
    id: "arcs",
    type: "line",
    source: "arcs",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour.here,
      "line-width": ["case", LIT, 3.2, ["get", "width"]],
      "line-opacity": ["case", LIT, 1, ["get", "opacity"]],
    },
  },
  {
    id: "ends",
    type: "circle",
    source: "ends",
    filter: ["!", ["get", "home"]],
    paint: {
      "circle-color": colour.there,
      "circle-radius": ["case", LIT, 7, ["get", "radius"]],
      "circle-stroke-color": colour.sheet,
      "circle-stroke-width": ["case", LIT, 2, 1.1],
    },
  },
  {
    id: "home",
    type: "circle",
    source: "ends",
    filter: ["get", "home"],
    paint: {
      "circle-color": colour.here,
      "circle-radius": 7,
      "circle-stroke-color": colour.sheet,
      "circle-stroke-width": 2,
    },
  },
  { ...named(colour), id: "end-names", filter: ["!", ["get", "home"]] },
  keepClear("end-room", "ends", ["has", "name"], ["/", ["get", "radius"], ROOM / 2]),
  { ...named(colour, 15), id: "home-name", filter: ["get", "home"], paint: { ...ink(colour), "text-color": colour.here } },
  { ...named(colour, 15), id: "lit-name", filter: ["==", ["id"], -1] },
];

const named = (colour, size = 13) => ({
  type: "symbol",
  source: "ends",
  layout: {
    ...lettering,
    "text-field": ["get", "name"],
    "text-size": size,
    "text-variable-anchor-offset": ["match", ["get", "side"], "west", FROM_WEST, "east", FROM_EAST, ANY],
    "text-justify": "auto",
    "text-padding": 3,
    "text-allow-overlap": size > 13,
    "symbol-sort-key": ["get", "order"],
  },
  paint: ink(colour),
});

/** The ties of a party on a stage. `told`: as the register sends them (`web/atlas.py`, `ties_of_party`). */
export class Ties {
  constructor(stage) {
    this.stage = stage;
    this.lit = null;
    this.partners = [];
  }

  /** Draw a party and its partners, and show the part of the world that holds them. */
  show(told) {
    this.light(null);
    const home = told.party.at;
    this.partners = told.ties.filter((tie) => tie.at);
    const many = this.partners.length > MANY;
    const looks = many ? { width: 1.1, opacity: 0.42, radius: 3.4 } : { width: 1.6, opacity: 0.75, radius: 4.4 };
    const places = [...(home ? [home] : []), ...this.partners.map(({ at }) => at)];
    const side = sideOf(places);
    const ends = this.partners.map(({ name, at }, id) =>
      end(id, name, at, { ...looks, side: side(at), home: false }),
    );
    if (home) ends.push(end(this.partners.length, told.party.name, home, { side: side(home), radius: 6, home: true }));
    const arcs = home ? this.partners.map(({ at }, id) => line(id, arc(home, at), looks)) : [];
    this._set(arcs, ends);
    if (places.length) this.stage.fit(bounds(places));
  }

  /** Draw nothing. */
  clear() {
    this.light(null);
    this.partners = [];
    this._set([], []);
  }

  /** Light the tie with a partner, by its number in `partners`; null puts out the light. */
  light(number) {
    const { map } = this.stage;
    if (number === this.lit) return;
    for (const [which, lit] of [[this.lit, false], [number, true]]) {
      if (which === null) continue;
      for (const source of ["arcs", "ends"]) map.setFeatureState({ source, id: which }, { lit });
    }
    this.lit = number;
    map.setFilter("lit-name", ["==", ["id"], number ?? -1]);
  }

  /** The number of the partner that lies nearest to a point of the screen, if one is near. */
  at({ x, y }, reach = 10) {
    const { map } = this.stage;
    const box = [[x - reach, y - reach], [x + reach, y + reach]];
    const [found] = map
      .queryRenderedFeatures(box, { layers: ["ends"] })
      .map(({ id }) => ({ id, ...apart(map, this.partners[id].at, x, y) }))
      .sort((a, b) => a.distance - b.distance);
    if (found) return found.id;
    const [over] = map.queryRenderedFeatures([[x - 4, y - 4], [x + 4, y + 4]], { layers: ["arcs"] });
    return over ? over.id : null;
  }

  _set(arcs, ends) {
    const { map } = this.stage;
    map.getSource("arcs").setData(collection(arcs.filter(Boolean)));
    map.getSource("ends").setData(collection(ends));
  }
}

/** How far a position is from a point of the screen, in pixels, in the nearest copy of the world. */
export function apart(map, [longitude, latitude], x, y) {
  const pointer = map.unproject([x, y]).lng;
  const at = map.project([longitude - Math.round((longitude - pointer) / 360) * 360, latitude]);
  return { distance: Math.hypot(at.x - x, at.y - y) };
}

/** On which edge of the map a position will lie, if on one, once these positions are shown. */
function sideOf(positions) {
  if (!positions.length) return () => "";
  const [[west], [east]] = bounds(positions);
  return ([longitude]) => {
    const share = (near(longitude, positions[0][0]) - west) / (east - west || 1);
    return share < EDGE ? "west" : share > 1 - EDGE ? "east" : "";
  };
}

const end = (id, name, at, looks) => ({
  type: "Feature",
  id,
  geometry: point(at),
  properties: { name, order: id, ...looks },
});

const line = (id, coordinates, { width, opacity }) =>
  coordinates.length
    ? { type: "Feature", id, geometry: { type: "LineString", coordinates }, properties: { width, opacity } }
    : null;
