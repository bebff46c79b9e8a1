// Mercator, which keeps the shape of what is near: a map that is read city by city needs no more.
export interface Location {
  latitude: number;
  longitude: number;
}

export interface Point {
  x: number;
  y: number;
}

/** How wide the world is, in its own units; its height is the same. */
export const world = 1000;
const farthest = 84; // degrees north and south: the poles lie at infinity

/** Where a place lies on the world, from its northwest corner. */
export function project({ latitude, longitude }: Location): Point {
  const phi = (Math.max(-farthest, Math.min(farthest, latitude)) * Math.PI) / 180;
  return { x: world * (longitude / 360 + 0.5), y: world * (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) };
}

/** What of the world a window shows: the point in its middle, and how many pixels a unit is. */
export interface Camera extends Point {
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const nearest = 64; // pixels a unit
const close = 9; // as near as points are fitted: one town, and the countries around it

/** Keeps the middle of the window on the world, and the world no smaller than the window is wide. */
export function within(camera: Camera, { width }: Size): Camera {
  const scale = Math.max(Math.min(width / world, 0.5), Math.min(nearest, camera.scale));
  const hold = (value: number) => Math.max(0, Math.min(world, value));
  return { x: hold(camera.x), y: hold(camera.y), scale };
}

/** The camera that shows all of these points with room around them; the inhabited world where there are none. */
export function frame(points: Point[], size: Size): Camera {
  const all = points.length ? points : [project({ latitude: 72, longitude: -170 }), project({ latitude: -56, longitude: 180 })];
  const [xs, ys] = [all.map((point) => point.x), all.map((point) => point.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = points.length ? Math.min(90, size.width / 6, size.height / 6) : 0;
  const scale = Math.min((size.width - 2 * room) / (right - left || 1e-9), (size.height - 2 * room) / (bottom - top || 1e-9), close);
  return within({ x: (left + right) / 2, y: (top + bottom) / 2, scale }, size);
}

/** Where a point of the world stands in the window. */
export function place(point: Point, camera: Camera, { width, height }: Size): Point {
  return { x: width / 2 + (point.x - camera.x) * camera.scale, y: height / 2 + (point.y - camera.y) * camera.scale };
}

/** Zooms so that what stands at a point of the window stays there. */
export function zoom(camera: Camera, by: number, at: Point, size: Size): Camera {
  const next = within({ ...camera, scale: camera.scale * by }, size);
  const keep = 1 / camera.scale - 1 / next.scale;
  return within({ ...next, x: camera.x + (at.x - size.width / 2) * keep, y: camera.y + (at.y - size.height / 2) * keep }, size);
}
