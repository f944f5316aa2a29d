// A picture of all loads: a row for each layer, a column for each GPU, nodes a little apart, shaded by how hot the GPU is there.
import { at, element, escaped, picture } from "../../page/html.js";
import { SHADES, shadeOf } from "./shades.js";

export interface HeatMap {
  readonly id: string;
  readonly title: string;
  /** [layer][gpu] load over what all GPUs would have were they even, each over its speed; zeros where there are no tokens. */
  readonly hotness: readonly (readonly number[])[];
  readonly nodeOf: readonly number[];
  readonly slots: readonly number[];
}

const LEFT = 34;
const TOP = 20;
const NODE_GAP = 3;
const WIDTH = 520;

export function drawHeatMap({ id, title, hotness, nodeOf, slots }: HeatMap): string {
  const nodes = (nodeOf.at(-1) ?? 0) + 1;
  const cellWidth = Math.max(2, (WIDTH - LEFT - (nodes - 1) * NODE_GAP) / Math.max(1, nodeOf.length));
  const cellHeight = Math.min(22, Math.max(5, 300 / Math.max(1, hotness.length)));
  const xOf = (gpu: number): number => LEFT + gpu * cellWidth + nodeOf[gpu]! * NODE_GAP;
  const yOf = (layer: number): number => TOP + layer * cellHeight;
  const gap = Math.min(1, cellWidth / 6, cellHeight / 6);
  const cells = Array.from({ length: SHADES }, (): string[] => []);
  const empty: string[] = [];
  const rows = hotness.map((row, layer) => {
    const isEmpty = row.every((each) => each === 0);
    const [width, height] = [cellWidth - gap, cellHeight - gap];
    row.forEach((factor, gpu) => {
      const cell = `M${at(xOf(gpu))} ${at(yOf(layer))}h${at(width)}v${at(height)}h${at(-width)}z`;
      if (slots[gpu] === 0) empty.push(cell);
      else cells[shadeOf(isEmpty ? 1 : factor)]!.push(cell);
    });
    return rowTitle(row, layer, {
      y: yOf(layer),
      width: xOf(row.length - 1) + cellWidth - LEFT,
      height,
    });
  });
  const right = xOf(nodeOf.length - 1) + cellWidth;
  return picture(
    {
      ...{ id, title, width: right + 2, height: yOf(hotness.length) + 4 },
      description: `A row for each of ${String(hotness.length)} layers, a column for each of ${String(nodeOf.length)} GPUs. ${hottest(hotness)}`,
    },
    ...cells.flatMap((each, shade) =>
      each.length === 0 ? [] : [element("path", { class: `shade${String(shade)}`, d: each.join("") })],
    ),
    ...(empty.length === 0 ? [] : [element("path", { class: "empty", d: empty.join("") })]),
    ...nodeLabels(nodeOf, xOf, cellWidth),
    ...layerLabels(hotness.length, yOf, cellHeight),
    ...rows,
  );
}

/** What a row says to who points at it. */
function rowTitle(
  row: readonly number[],
  layer: number,
  { y, width, height }: { readonly y: number; readonly width: number; readonly height: number },
): string {
  const most = Math.max(...row);
  const text =
    most === 0
      ? `Layer ${String(layer)}: no tokens`
      : `Layer ${String(layer)}: GPU ${String(row.indexOf(most))} has most, ${most.toFixed(3)} times the mean`;
  return element("rect", { class: "row", x: LEFT, y, width, height }, element("title", {}, escaped(text)));
}

function hottest(hotness: readonly (readonly number[])[]): string {
  let found = { layer: 0, gpu: 0, factor: 0 };
  hotness.forEach((row, layer) => {
    const most = Math.max(...row);
    if (most > found.factor) found = { layer, gpu: row.indexOf(most), factor: most };
  });
  return found.factor === 0
    ? "There are no tokens."
    : `The hottest is GPU ${String(found.gpu)} in layer ${String(found.layer)}, with ${found.factor.toFixed(2)} times the mean.`;
}

/** Numbers of nodes over their columns, where there is room. */
function nodeLabels(
  nodeOf: readonly number[],
  xOf: (gpu: number) => number,
  width: number,
): readonly string[] {
  const nodes = (nodeOf.at(-1) ?? 0) + 1;
  const every = Math.ceil((nodes * 42) / WIDTH);
  return Array.from({ length: nodes }, (_, node) => node).flatMap((node) => {
    if (node % every !== 0) return [];
    const [first, last] = [nodeOf.indexOf(node), nodeOf.lastIndexOf(node)];
    const x = (xOf(first) + xOf(last) + width) / 2;
    const text = every > 1 || nodes > 8 ? String(node) : `node ${String(node)}`;
    return [element("text", { x, y: TOP - 7, "text-anchor": "middle" }, text)];
  });
}

function layerLabels(layers: number, yOf: (layer: number) => number, height: number): readonly string[] {
  const every = [1, 2, 5, 10, 20, 50, 100].find((step) => step * height >= 11) ?? 1000;
  return Array.from({ length: layers }, (_, layer) => layer).flatMap((layer) =>
    layer % every === 0
      ? [
          element(
            "text",
            { x: LEFT - 7, y: yOf(layer) + height / 2 + 3.5, "text-anchor": "end" },
            String(layer),
          ),
        ]
      : [],
  );
}
