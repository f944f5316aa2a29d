// Matrices of a JSON document, into one array each.
import { shown } from "../loads/fault.js";
import { checkRanks, isCount, pairName, refuseCount } from "./counts.js";
import { Faulty } from "./fault.js";
import { MOST_RANKS } from "./traffic.js";
import type { JsonPath } from "./where-in-json.js";

const SHAPE_HINT = "Write a list for each source GPU, with a number for each destination GPU.";

/** A square matrix at a path; [source * ranks + destination]. */
export function squareAt(
  value: unknown,
  path: JsonPath,
): { readonly ranks: number; readonly cells: Float64Array } {
  const rows = rowsAt(value, path, "the matrix", SHAPE_HINT);
  const ranks = rows.length;
  checkRanks(ranks);
  const cells = tableAt(rows, path, ranks, {
    row: (source, length) => [
      `row ${String(source)}`,
      `it has ${String(length)} numbers, and there are ${String(ranks)} rows: the matrix is not square`,
    ],
    cell: pairName,
    hint: SHAPE_HINT,
  });
  return { ranks, cells };
}

const NODES_HINT =
  "Write a list for each source GPU, with a number for each node that it sends to, its own included.";

/** A table by source and node; [source * nodes + node]. */
export function byNodeAt(
  value: unknown,
  path: JsonPath,
  ranks: number,
): { readonly nodes: number; readonly cells: Float64Array } {
  const name = String(path[0]);
  const rows = rowsAt(value, path, name, NODES_HINT);
  if (rows.length !== ranks)
    throw new Faulty(
      name,
      `it has ${String(rows.length)} rows, and there are ${String(ranks)} GPUs`,
      NODES_HINT,
      path,
    );
  const [first] = rows;
  const nodes = Array.isArray(first) ? first.length : 0;
  if (nodes < 1 || nodes > MOST_RANKS)
    throw new Faulty(
      `${name}, row 0`,
      `it is ${shown(first)}, not a list with a number for each node`,
      NODES_HINT,
      [...path, 0],
    );
  const cells = tableAt(rows, path, nodes, {
    row: (source, length) => [
      `${name}, row ${String(source)}`,
      `it has ${String(length)} numbers, and row 0 has ${String(nodes)}`,
    ],
    cell: (source, node) => `${name}, from GPU ${String(source)} to node ${String(node)}`,
    hint: NODES_HINT,
  });
  return { nodes, cells };
}

interface Names {
  readonly row: (row: number, length: number) => readonly [place: string, reason: string];
  readonly cell: (row: number, column: number) => string;
  readonly hint: string;
}

function tableAt(
  rows: readonly unknown[],
  path: JsonPath,
  columns: number,
  { row: rowName, cell, hint }: Names,
): Float64Array {
  const cells = new Float64Array(rows.length * columns);
  rows.forEach((row, at) => {
    if (!Array.isArray(row))
      throw new Faulty(`row ${String(at)}`, `it is ${shown(row)}, not a list of numbers`, hint, [
        ...path,
        at,
      ]);
    if (row.length !== columns) throw new Faulty(...rowName(at, row.length), hint, [...path, at]);
    const first = at * columns;
    for (let column = 0; column < columns; column++) {
      const count: unknown = row[column];
      if (!isCount(count)) refuseCount(count, cell(at, column), [...path, at, column]);
      cells[first + column] = count;
    }
  });
  return cells;
}

function rowsAt(value: unknown, path: JsonPath, place: string, hint: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Faulty(place, `it is ${shown(value)}, not a list of rows`, hint, path);
  if (value.length === 0) throw new Faulty(place, "it has nothing in it", hint, path);
  return value as readonly unknown[];
}
