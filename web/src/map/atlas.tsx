// Places on the outlines of the world. What is drawn are buttons, in the order of how much happened there, so that keys reach them too.
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { type Picture, Pictures } from "../keep/pictures";
import { edge, ground, ink, link, many, raised, theme } from "../words/words";
import { type Detail, type Outlines, outlines } from "./outlines";
import { svg } from "./picture";
import { type Camera, frame, type Point, place, project, type Size, within, zoom } from "./projection";
import { type Cluster, called, clusters, events, type Spot, told } from "./spots";

const fine = 3; // pixels a unit from which coasts are drawn finely
// How far an arrow moves the window, in pixels.
const arrows: Record<string, [x: number, y: number]> = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };

function label(cluster: Cluster, opens: string): string {
  const names = cluster.spots.slice(0, 8).map((spot) => (cluster.spots.length > 1 ? `${spot.name} (${told(spot)})` : spot.name));
  const more = cluster.spots.length > 8 ? ` and ${many(cluster.spots.length - 8, "place")} more` : "";
  return `${names.join(", ")}${more}: ${told(cluster)}, ${opens}`;
}

/** opens tells what a click on a place opens; beside, where the same can be read. */
export default function Atlas({
  spots,
  onOpen,
  opens = "the sentences",
  beside,
}: {
  spots: Spot[];
  onOpen: (spots: Spot[]) => void;
  opens?: string;
  beside?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  const [moved, setMoved] = useState<Camera | null>(null);
  const [drawn, setDrawn] = useState<{ detail: Detail; of: Outlines } | "failed" | null>(null);
  const pointers = useRef(new Map<number, Point>());

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const lying = useMemo(() => spots.flatMap((spot) => (spot.location ? [{ spot, ...project(spot.location) }] : [])), [spots]);
  const all = useMemo(() => size && frame(lying, size), [lying, size]);
  // Until the reader moves it, the map shows all there is, also of another answer.
  const camera = moved ?? all;
  const detail: Detail = camera && camera.scale > fine ? "fine" : "coarse";
  useEffect(() => {
    let wanted = true;
    outlines(detail).then(
      (of) => wanted && setDrawn({ detail, of }),
      // Coarse ones serve where finer ones do not load.
      () => wanted && setDrawn((before) => before ?? "failed"),
    );
    return () => {
      wanted = false;
    };
  }, [detail]);

  const shown = drawn === "failed" ? null : drawn;
  const seen = useMemo(
    () =>
      camera && size
        ? clusters(
            lying.map(({ spot, ...at }) => ({ spot, ...place(at, camera, size) })),
            size.width,
          )
        : [],
    [lying, camera, size],
  );

  const change = (by: (camera: Camera, size: Size) => Camera) => {
    if (camera && size) setMoved((now) => by(now ?? camera, size));
  };
  const pan = (x: number, y: number) =>
    change((now, window) => within({ ...now, x: now.x - x / now.scale, y: now.y - y / now.scale }, window));
  const closer = (by: number, at?: Point) =>
    change((now, window) => zoom(now, by, at ?? { x: window.width / 2, y: window.height / 2 }, window));

  const turn = useRef(closer);
  turn.current = closer;
  useEffect(() => {
    const element = box.current;
    // React listens to wheels passively, and the page would scroll too.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element?.getBoundingClientRect() ?? { left: 0, top: 0 };
      turn.current(Math.exp(-event.deltaY / (event.deltaMode ? 20 : 400)), { x: event.clientX - left, y: event.clientY - top });
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, []);

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = arrows[event.key];
    const by = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 }[event.key];
    if (way) pan(...way);
    else if (by) closer(by);
    else if (event.key === "0") setMoved(null);
    else return;
    event.preventDefault();
  };
  const drag = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const far = (a: Point) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
      closer(far(now) / far(before), { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top });
    } else pan(now.x - before.x, now.y - before.y);
  };
  const release = (event: PointerEvent) => pointers.current.delete(event.pointerId);

  const picture = (): Picture | null => {
    const shade = theme();
    const colours = { sea: ground[shade], land: raised[shade], line: edge[shade], spot: link[shade], ink: ink[shade] };
    return camera && size && shown ? { svg: svg(shown.of, seen, camera, size, colours), ...size } : null;
  };
  const shift = camera && size && `translate(${size.width / 2 - camera.x * camera.scale} ${size.height / 2 - camera.y * camera.scale})`;
  return (
    <div className="canvas atlas" data-drawn={shown?.detail}>
      <div
        ref={box}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows and + and - move what is in it
        tabIndex={0}
        aria-label={`Map of ${many(lying.length, "place")}: arrows move it, plus and minus zoom, 0 shows all${beside ? `; ${beside}` : ""}`}
        onKeyDown={keys}
        onPointerDown={(event) => {
          if ((event.target as Element).closest("button")) return;
          pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
        onDoubleClick={(event) => {
          if ((event.target as Element).closest("button")) return;
          const { left, top } = event.currentTarget.getBoundingClientRect();
          closer(2, { x: event.clientX - left, y: event.clientY - top });
        }}
      >
        {camera && shown && (
          <svg aria-hidden="true">
            <g transform={`${shift} scale(${camera.scale})`}>
              <path className="land" d={shown.of.land} />
              <path className="lines" d={shown.of.lines} />
            </g>
          </svg>
        )}
        {seen.map((one) => (
          <button
            key={one.spots[0]?.id}
            type="button"
            className={`spot ${one.facts ? "" : "claim"}`}
            style={{ left: one.x, top: one.y, height: 2 * one.radius, width: 2 * one.radius }}
            title={label(one, opens)}
            onClick={() => onOpen(one.spots)}
          >
            <b aria-hidden="true">{events(one)}</b>
            <span className="hidden">{label(one, opens)}</span>
            {one.side && (
              <span className={one.side} aria-hidden="true">
                {called(one)}
              </span>
            )}
          </button>
        ))}
        {drawn === "failed" && <p className="note">The outlines did not load: reload the page. The places stand where they lie.</p>}
      </div>
      <p className="tools">
        <button type="button" aria-label="Closer" onClick={() => closer(1.5)}>
          +
        </button>
        <button type="button" aria-label="Farther" onClick={() => closer(1 / 1.5)}>
          −
        </button>
        <button type="button" onClick={() => setMoved(null)}>
          All
        </button>
        <Pictures name="map" picture={picture} />
      </p>
    </div>
  );
}
