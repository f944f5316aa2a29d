// A picture of one layer: the load of each GPU before and after, beside what they would have were all equal, and the lower bound.
import { element, escaped, picture } from "../../page/html.js";

export interface LayerBars {
  readonly id: string;
  readonly layer: number;
  /** [gpu], each: over the mean of the layer. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly lowerBound: number;
  readonly nodeOf: readonly number[];
  readonly names: readonly [before: string, after: string];
}

const WIDTH = 1080;
const HEIGHT = 250;
const LEFT = 44;
const RIGHT = 92;
const TOP = 12;
const BOTTOM = 34;

export function drawBars({ id, layer, before, after, lowerBound, nodeOf, names }: LayerBars): string {
  const most = Math.max(...before, ...after, lowerBound, 1) * 1.06;
  const yOf = (value: number): number => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * value) / most;
  const slot = (WIDTH - LEFT - RIGHT) / before.length;
  const wide = slot * 0.4;
  const xOf = (gpu: number): number => LEFT + gpu * slot + slot * 0.08;
  const bar = (kind: string, value: number, x: number, gpu: number): string =>
    element(
      "rect",
      { class: kind, x, y: yOf(value), width: Math.max(1, wide), height: Math.max(0, yOf(0) - yOf(value)) },
      element(
        "title",
        {},
        escaped(
          `GPU ${String(gpu)}, ${kind === "before" ? names[0] : names[1]}: ${value.toFixed(3)} times the mean`,
        ),
      ),
    );
  return picture(
    {
      ...{ id, width: WIDTH, height: HEIGHT, title: `Loads of the GPUs in layer ${String(layer)}` },
      description: `Over the mean of the layer. ${names[0]}: up to ${Math.max(...before).toFixed(3)}. ${names[1]}: up to ${Math.max(...after).toFixed(3)}. No placement has less than ${lowerBound.toFixed(3)} on its fullest GPU.`,
    },
    ...ticks(most).flatMap((value) => [
      element("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: yOf(value), y2: yOf(value) }),
      element(
        "text",
        { x: LEFT - 8, y: yOf(value) + 4, "text-anchor": "end" },
        value.toFixed(most > 4 ? 0 : 1),
      ),
    ]),
    ...before.map((value, gpu) => bar("before", value, xOf(gpu), gpu)),
    ...after.map((value, gpu) => bar("after", value, xOf(gpu) + wide + slot * 0.04, gpu)),
    ...labels(before.length, nodeOf, xOf, slot),
    element("line", {
      class: "bound",
      x1: LEFT,
      x2: WIDTH - RIGHT,
      y1: yOf(lowerBound),
      y2: yOf(lowerBound),
    }),
    element("text", { class: "strong", x: WIDTH - RIGHT + 8, y: yOf(lowerBound) + 4 }, "lower bound"),
  );
}

function ticks(most: number): readonly number[] {
  const step = [0.2, 0.5, 1, 2, 5, 10, 20, 50].find((each) => most / each <= 6) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}

function labels(
  gpus: number,
  nodeOf: readonly number[],
  xOf: (gpu: number) => number,
  slot: number,
): readonly string[] {
  const every = [1, 2, 4, 8, 16, 32, 64].find((step) => step * slot >= 24) ?? 128;
  const names = Array.from({ length: gpus }, (_, gpu) => gpu)
    .filter((gpu) => gpu % every === 0)
    .map((gpu) =>
      element(
        "text",
        { x: xOf(gpu) + slot * 0.42, y: HEIGHT - BOTTOM + 15, "text-anchor": "middle" },
        String(gpu),
      ),
    );
  const borders = nodeOf.flatMap((node, gpu) =>
    gpu > 0 && nodeOf[gpu - 1] !== node
      ? [
          element("line", {
            class: "node",
            x1: xOf(gpu) - slot * 0.08,
            x2: xOf(gpu) - slot * 0.08,
            y1: TOP,
            y2: HEIGHT - BOTTOM + 4,
          }),
        ]
      : [],
  );
  return [...names, ...borders, element("text", { x: LEFT, y: HEIGHT - 4 }, "GPU")];
}
