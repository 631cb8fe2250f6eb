// The land under the ties: the very base map that the server draws on, and the colours of the page.

import { degrees } from "./sphere.js";

/** Units of core/basemap.svg from one end of the world to the other; tools/basemap.py draws it so. */
const WIDTH = 36000;
const TOKENS = ["sea", "land", "here", "there", "ink", "quiet", "sheet"];

/** The rings of the base map's countries as GeoJSON: a polygon each, since every hole is another country. */
export async function land(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const drawing = await answer.text();
  const coordinates = [...drawing.matchAll(/ d="([^"]*)"/g)].flatMap(([, path]) => rings(path));
  return { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } };
}

/** The rings of one path: “m”, “l” and “z” with whole numbers, each relative to the one before. */
function rings(path) {
  const found = [];
  let [startX, startY] = [0, 0];
  for (const part of path.split("z")) {
    const numbers = part.match(/-?\d+/g)?.map(Number) ?? [];
    if (numbers.length < 6) continue;
    startX += numbers[0];
    startY += numbers[1];
    let [x, y] = [startX, startY];
    const ring = [degrees(x / WIDTH, y / WIDTH)];
    for (let next = 2; next < numbers.length; next += 2) {
      x += numbers[next];
      y += numbers[next + 1];
      ring.push(degrees(x / WIDTH, y / WIDTH));
    }
    found.push([[...ring, ring[0]]]);
  }
  return found;
}

/** The tokens of the page as colours that WebGL understands. */
export function colours(element) {
  const probe = element.appendChild(document.createElement("span"));
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const found = {};
  for (const token of TOKENS) {
    probe.style.color = `var(--${token})`;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = getComputedStyle(probe).color;
    pixel.fillRect(0, 0, 1, 1);
    found[token] = `rgb(${[...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).join(", ")})`;
  }
  probe.remove();
  return found;
}

/** The layers of the ground. */
export const groundLayers = (colour) => [
  { id: "sea", type: "background", paint: { "background-color": colour.sea } },
  { id: "land", type: "fill", source: "ground", paint: { "fill-color": colour.land, "fill-antialias": false } },
  {
    id: "borders",
    type: "line",
    source: "ground",
    layout: { "line-join": "round" },
    paint: { "line-color": colour.sea, "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 4, 0.9, 8, 1.4] },
  },
];
