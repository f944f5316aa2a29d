// A picture of the traffic: a row for each source, a column for each destination; GPUs where there are few, else nodes, else blocks
// of neighbouring nodes.
import { at, element, escaped, picture } from "../../page/html.js";
import { counted, size } from "../../units.js";
import { denseTable, type ExchangePlan } from "../../../exchange-plan/index.js";
import { SHADES, shadeOf } from "./shades.js";

/** Rows and columns that are still seen one by one. */
const MOST_CELLS = 96;
const LEFT = 40;
const TOP = 26;
const WIDTH = 520;

export interface Grid {
  /** What a row and a column are: "GPU", "node", "4 nodes". */
  readonly what: string;
  readonly side: number;
  /** GPUs in each. */
  readonly gpus: number;
  /** Rows in a node, where lines part nodes. */
  readonly perNode?: number;
  /** [row * side + column] bytes; a GPU has nothing for itself. */
  readonly bytes: Float64Array;
}

/** The traffic of a plan, summed until its rows are few enough to be seen. */
export function gridOf({ demand, ranks, ranks_per_node: size, row_bytes: rowBytes }: ExchangePlan): Grid {
  const rows = denseTable(demand.rows, ranks, ranks, (rank) => rank);
  const nodes = ranks / size;
  const block = nodes === 1 ? Math.ceil(ranks / MOST_CELLS) : size * Math.ceil(nodes / MOST_CELLS);
  const gpus = ranks <= MOST_CELLS ? 1 : block;
  const side = Math.ceil(ranks / gpus);
  const bytes = new Float64Array(side * side);
  for (let source = 0; source < ranks; source++)
    for (let destination = 0; destination < ranks; destination++)
      if (source !== destination)
        bytes[Math.floor(source / gpus) * side + Math.floor(destination / gpus)]! +=
          rows[source * ranks + destination]! * rowBytes;
  const what =
    gpus === 1
      ? "GPU"
      : gpus === size
        ? "node"
        : nodes === 1
          ? counted(gpus, "GPU")
          : counted(gpus / size, "node");
  return { what, side, gpus, bytes, ...(gpus === 1 && nodes > 1 ? { perNode: size } : {}) };
}

export function drawHeatMap({ what, side, perNode, bytes }: Grid): string {
  const cell = Math.min(26, (WIDTH - LEFT) / side);
  const gap = Math.min(1, cell / 8);
  const mean = bytes.reduce((sum, each) => sum + each, 0) / Math.max(1, side === 1 ? 1 : side * (side - 1));
  const paths = Array.from({ length: SHADES }, (): string[] => []);
  const xOf = (column: number): number => LEFT + column * cell;
  const yOf = (row: number): number => TOP + row * cell;
  bytes.forEach((each, index) => {
    const [row, column] = [Math.floor(index / side), index % side];
    const [width, height] = [cell - gap, cell - gap];
    paths[shadeOf(mean === 0 ? 0 : each / mean)]!.push(
      `M${at(xOf(column))} ${at(yOf(row))}h${at(width)}v${at(height)}h${at(-width)}z`,
    );
  });
  const end = LEFT + side * cell;
  return picture(
    {
      ...{ id: "heat", width: Math.max(end, 320) + 2, height: Math.max(yOf(side), 90) + 4, title: "Traffic" },
      description: `A row for each source and a column for each destination, ${String(side)} of each, by ${what}. ${most(bytes, side, what, mean)}`,
    },
    ...paths.flatMap((each, shade) =>
      each.length === 0 ? [] : [element("path", { class: `shade${String(shade)}`, d: each.join("") })],
    ),
    ...borders(side, perNode, cell),
    element("text", { x: LEFT, y: 10 }, escaped(`to ${what}`)),
    ...labels(side, cell, (index) => ({ x: xOf(index) + cell / 2, y: TOP - 5, "text-anchor": "middle" })),
    ...labels(side, cell, (index) => ({ x: LEFT - 6, y: yOf(index) + cell / 2 + 4, "text-anchor": "end" })),
    ...Array.from({ length: side }, (_, row) =>
      rowTitle(bytes, row, side, what, { y: yOf(row), width: end - LEFT, height: cell }),
    ),
  );
}

function borders(side: number, perNode: number | undefined, cell: number): readonly string[] {
  if (perNode === undefined || perNode === 1) return [];
  const end = side * cell;
  return Array.from({ length: side / perNode - 1 }, (_, index) => (index + 1) * perNode * cell).flatMap(
    (edge) => [
      element("line", { class: "node", x1: LEFT, x2: LEFT + end, y1: TOP + edge, y2: TOP + edge }),
      element("line", { class: "node", x1: LEFT + edge, x2: LEFT + edge, y1: TOP, y2: TOP + end }),
    ],
  );
}

function labels(
  side: number,
  cell: number,
  place: (index: number) => Readonly<Record<string, string | number>>,
): readonly string[] {
  const every = [1, 2, 4, 8, 16, 32].find((step) => step * cell >= 22) ?? 64;
  return Array.from({ length: side }, (_, index) => index)
    .filter((index) => index % every === 0)
    .map((index) => element("text", place(index), String(index)));
}

/** What a row says to who points at it. */
function rowTitle(
  bytes: Float64Array,
  row: number,
  side: number,
  what: string,
  { y, width, height }: { readonly y: number; readonly width: number; readonly height: number },
): string {
  const own = bytes.subarray(row * side, (row + 1) * side);
  const sum = own.reduce((all, each) => all + each, 0);
  const greatest = own.reduce((best, each) => Math.max(best, each), 0);
  const name = what === "GPU" || what === "node" ? what : "block";
  const text =
    sum === 0
      ? `${name} ${String(row)} sends nothing`
      : `${name} ${String(row)} sends ${size(sum)}, most to ${name} ${String(own.indexOf(greatest))}: ${size(greatest)}`;
  return element("rect", { class: "row", x: LEFT, y, width, height }, element("title", {}, escaped(text)));
}

function most(bytes: Float64Array, side: number, what: string, mean: number): string {
  const greatest = bytes.reduce((best, each) => Math.max(best, each), 0);
  if (greatest === 0) return "There is no traffic.";
  const index = bytes.indexOf(greatest);
  const name = what === "GPU" || what === "node" ? what : "block";
  return `Most goes from ${name} ${String(Math.floor(index / side))} to ${name} ${String(index % side)}: ${size(greatest)}, ${(greatest / mean).toFixed(2)} times the mean.`;
}
