// Geometry on the sphere, in degrees. Longitudes run on past 180 where a line crosses the antimeridian, so
// that no line is drawn back across the world.

const RADIANS = Math.PI / 180;
const NORTHERNMOST = 84;
const DEGREES_PER_STEP = 2;

const vector = ([longitude, latitude]) => {
  const [phi, lam] = [latitude * RADIANS, longitude * RADIANS];
  return [Math.cos(phi) * Math.cos(lam), Math.cos(phi) * Math.sin(lam), Math.sin(phi)];
};

/** The longitude that means the same as `longitude` and lies nearest to `other`. */
export const near = (longitude, other) => longitude - Math.round((longitude - other) / 360) * 360;

/** The great circle from one position to another, both included; empty where they are one point. */
export function arc(from, to) {
  const [a, b] = [vector(from), vector(to)];
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [];
  if (Math.PI - angle < 1e-4) {
    // Opposite points have no single shortest way: one end is moved by a hair to choose one.
    const hair = to[1] < 0 ? 0.02 : -0.02;
    return arc(from, [to[0] + hair, to[1] + hair]);
  }
  const steps = 4 + Math.round(angle / RADIANS / DEGREES_PER_STEP);
  const line = [from];
  for (let step = 1; step <= steps; step++) {
    line.push(unwrapped(between(a, b, angle, step / steps), line[step - 1][0]));
  }
  return line;
}

function between(a, b, angle, part) {
  const [near, far] = [Math.sin((1 - part) * angle), Math.sin(part * angle)];
  const [x, y, z] = a.map((value, axis) => (near * value + far * b[axis]) / Math.sin(angle));
  return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

const unwrapped = ([longitude, latitude], before) => [
  near(longitude, before),
  Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)),
];

/** A position as MapLibre projects it: x and y from 0 to 1, y downwards. */
export const square = ([longitude, latitude]) => {
  const phi = Math.max(-NORTHERNMOST, Math.min(NORTHERNMOST, latitude)) * RADIANS;
  return [longitude / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)];
};

/** The position of a point of the square of `square`. */
export const degrees = (x, y) => [
  (x - 0.5) * 360,
  (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RADIANS,
];

/** South-west and north-east of the positions: around the first, or on the side of the world where they lie. */
export function bounds(positions) {
  const [first] = positions;
  const xs = positions.map(([longitude]) => near(longitude, first[0]));
  const ys = positions.map(([, latitude]) => latitude);
  return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
}
