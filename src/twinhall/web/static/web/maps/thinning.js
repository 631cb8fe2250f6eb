// Which parties stand as circles at which zoom: of those that would touch, the one with more ties.

import { square } from "./sphere.js";

/** From this zoom on every party is a circle. */
export const NEAREST = 9;
const TILE = 512;

/** The air between two circles, in pixels: far away there are few, so that there is room for names. */
const AIR = [24, 21, 18, 14, 10, 7, 4, 2, 1];

/** The radius of a circle, in pixels, for a number of ties; so drawn, too (`parties.js`). */
export const radius = (count, zoom) => 2.6 + Math.sqrt(count) * (0.85 + zoom * 0.12);

/**
 * For each position the zoom from which it is shown: whole numbers from 0 to NEAREST.
 *
 * `counts` says how many ties each has. The more it has, the earlier it is shown.
 */
export function zooms(positions, counts) {
  const points = positions.map(square);
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a]);
  const found = new Uint8Array(points.length).fill(NEAREST);
  let waiting = order;
  const standing = [];
  for (let zoom = 0; zoom < NEAREST; zoom++) {
    const room = new Room(zoom, radius(counts[order[0]] ?? 0, zoom), AIR[zoom]);
    for (const index of standing) room.take(points[index], radius(counts[index], zoom));
    waiting = waiting.filter((index) => {
      if (!room.has(points[index], radius(counts[index], zoom))) return true;
      room.take(points[index], radius(counts[index], zoom));
      standing.push(index);
      found[index] = zoom;
      return false;
    });
  }
  return found;
}

/** What is taken of the world at a zoom: circles in the cells of a grid as wide as two of the largest. */
class Room {
  constructor(zoom, largest, air) {
    this.air = air;
    this.scale = TILE * 2 ** zoom;
    this.cell = 2 * largest + air;
    this.columns = Math.ceil(this.scale / this.cell) + 2;
    this.cells = new Map();
  }

  _at([x, y]) {
    return [x * this.scale, y * this.scale];
  }

  _cell(x, y) {
    return Math.floor(x / this.cell) + 1 + (Math.floor(y / this.cell) + 1) * this.columns;
  }

  take(point, size) {
    const [x, y] = this._at(point);
    const cell = this._cell(x, y);
    if (!this.cells.has(cell)) this.cells.set(cell, []);
    this.cells.get(cell).push([x, y, size]);
  }

  has(point, size) {
    const [x, y] = this._at(point);
    const cell = this._cell(x, y);
    for (const row of [-this.columns, 0, this.columns]) {
      for (const column of [-1, 0, 1]) {
        for (const [otherX, otherY, other] of this.cells.get(cell + row + column) ?? []) {
          if (Math.hypot(x - otherX, y - otherY) < size + other + this.air) return false;
        }
      }
    }
    return true;
  }
}
