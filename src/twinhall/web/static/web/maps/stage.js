// A map with our ground, our colours and our words, in the place that the page keeps for it.

import { colours, groundLayers, land } from "./ground.js";

const FONT = ["Semibold", "Inter Variable"]; // MapLibre takes the weight from the first name
const CLOSEST = { ours: 8.5, theirs: 15 };

/** How every name on the map is written. */
export const lettering = { "text-font": FONT, "text-line-height": 1.1, "text-max-width": 9 };

/** What every name on the map is painted with. */
export const ink = (colour) => ({
  "text-color": colour.ink,
  "text-halo-color": colour.land,
  "text-halo-width": 1.6,
});

/** The width of the picture that keeps names off circles, in pixels. */
export const ROOM = 8;

/** A layer that nobody sees: names keep off its squares. `size`: of one, in widths of ROOM. */
export const keepClear = (id, source, filter, size) => ({
  id,
  type: "symbol",
  source,
  filter,
  layout: { "icon-image": "room", "icon-size": size, "icon-allow-overlap": true, "icon-padding": 0 },
  paint: {},
});

/** A map and what is drawn on it: `layers` gives our layers for the colours of the page. */
export class Stage {
  /** Make a map in an element. `kit`: addresses and words (`data-kit`); `sources`: of our layers. */
  static async open(element, kit, { sources, layers, bounds, label }) {
    const [library, ground] = await Promise.all([
      import(kit.library),
      kit.style ? null : land(kit.ground),
      ...kit.styles.map(sheet),
    ]);
    library.setWorkerUrl(new URL(kit.worker, location.href).href);
    const stage = new Stage(element, kit, layers);
    stage.map = new library.Map({
      ...options(kit),
      container: element,
      style: kit.style || stage._style(ground),
      locale: { ...kit.words, "Map.Title": label },
      bounds,
      fitBoundsOptions: stage.fitting,
    });
    stage._controls(library);
    await stage._ready(sources);
    return stage;
  }

  constructor(element, kit, layers) {
    this.element = element;
    this.layers = layers;
    this.isOurs = !kit.style;
    const roomy = element.clientWidth > 600;
    const padding = roomy ? 60 : { top: 34, right: 34, left: 34, bottom: 64 }; // its controls stand below
    this.fitting = { padding, maxZoom: 7 };
  }

  _style(ground) {
    const source = { type: "geojson", data: ground, attribution: "Natural Earth", tolerance: 0.3, maxzoom: 9 };
    return { version: 8, sources: { ground: source }, layers: groundLayers(colours(this.element)) };
  }

  _controls({ AttributionControl, FullscreenControl, NavigationControl }) {
    const corner = this.element.clientWidth > 600 ? "top-right" : "bottom-left";
    this.map.addControl(new NavigationControl({ showCompass: false }), corner);
    this.map.addControl(new FullscreenControl({ container: this.element.parentElement }), corner);
    this.map.addControl(new AttributionControl({ compact: false }), "bottom-right");
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
  }

  async _ready(sources) {
    await new Promise((resolve, reject) => {
      this.map.once("load", resolve);
      this.map.once("error", ({ error }) => reject(error));
    });
    this.map.addImage("room", { width: ROOM, height: ROOM, data: new Uint8Array(4 * ROOM * ROOM) });
    for (const [name, data] of Object.entries(sources)) {
      this.map.addSource(name, { type: "geojson", data, tolerance: 0.2 });
    }
    for (const layer of this.layers(colours(this.element))) this.map.addLayer(layer);
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      matchMedia(query).addEventListener("change", () => this.repaint());
    }
    await new Promise((resolve) => this.map.once("idle", resolve));
  }

  /** Paint everything in the present colours of the page. */
  repaint() {
    const colour = colours(this.element);
    for (const layer of [...(this.isOurs ? groundLayers(colour) : []), ...this.layers(colour)]) {
      for (const [name, value] of Object.entries(layer.paint)) this.map.setPaintProperty(layer.id, name, value);
    }
  }

  /** Show the part of the world that holds these bounds. */
  fit(bounds) {
    this.map.fitBounds(bounds, this.fitting);
  }
}

const options = (kit) => ({
  attributionControl: false,
  cooperativeGestures: true,
  dragRotate: false,
  pitchWithRotate: false,
  touchPitch: false,
  maxPitch: 0,
  maxZoom: kit.style ? CLOSEST.theirs : CLOSEST.ours,
  fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
});

/** A style sheet of the maps, once on a page. */
function sheet(address) {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Error(address)));
    document.head.append(link);
  });
}

/** Load the parts of our font that hold these texts: MapLibre draws letters from what is there. */
export function letters(texts) {
  const used = [...new Set(texts.join(""))].join("");
  return document.fonts.load('600 24px "Inter Variable"', used).catch(() => []);
}
