// Tables of a demand: equal rows are stored once, and rows that are equal but for where they begin as well.
import type { Table } from "./types.gen.js";

/** One entry; `own` is the column that is the row's own: a source itself, or its node. */
export function entryOf({ profiles, of, relative }: Table, row: number, column: number, own: number): number {
  const profile = profiles[(of.length === 1 ? of[0] : of[row])!]!;
  return profile[relative === true ? (column - own + profile.length) % profile.length : column]!;
}

/** [row * columns + column] all entries. `ownOf` gives the column that is a row's own. */
export function denseTable(
  table: Table,
  rows: number,
  columns: number,
  ownOf: (row: number) => number,
): Float64Array {
  const dense = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const profile = table.profiles[(table.of.length === 1 ? table.of[0] : table.of[row])!]!;
    const own = table.relative === true ? ownOf(row) : 0;
    const first = row * columns;
    for (let at = 0; at < columns; at++) dense[first + ((at + own) % columns)] = profile[at]!;
  }
  return dense;
}

/** The table of a matrix [row * columns + column]: by relative columns where that leaves fewer different rows. */
export function compactTable(
  dense: Float64Array,
  rows: number,
  columns: number,
  ownOf: (row: number) => number,
): Table {
  const plain = profilesOf(dense, rows, columns, () => 0);
  if (plain.profiles.length === 1) return plain;
  const relative = profilesOf(dense, rows, columns, ownOf);
  return relative.profiles.length < plain.profiles.length ? { ...relative, relative: true } : plain;
}

function profilesOf(
  dense: Float64Array,
  rows: number,
  columns: number,
  shiftOf: (row: number) => number,
): Table {
  // Rows are compared with those of equal hash; as soon as nearly all differ, what is left is taken to differ too.
  const known = new Map<number, number[]>();
  const firstRows: number[] = [];
  const of: number[] = [];
  for (let row = 0; row < rows; row++) {
    const hash = hashOf(dense, row, columns, shiftOf(row));
    const alike = known.get(hash) ?? [];
    known.set(hash, alike);
    const found = alike.find((profile) =>
      equalRows(dense, columns, [firstRows[profile]!, shiftOf(firstRows[profile]!)], [row, shiftOf(row)]),
    );
    if (found === undefined) {
      alike.push(firstRows.length);
      firstRows.push(row);
    }
    of.push(found ?? firstRows.length - 1);
  }
  const profiles = firstRows.map((row) =>
    Array.from({ length: columns }, (_, at) => dense[row * columns + ((at + shiftOf(row)) % columns)]!),
  );
  return { profiles, of: firstRows.length === 1 ? [0] : of };
}

const scratch = new Float64Array(1);
const bits = new Uint32Array(scratch.buffer);

/** FNV-1a over the bits of a row's entries from its own column on. */
function hashOf(dense: Float64Array, row: number, columns: number, shift: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < columns; at++) {
    const column = at + shift;
    scratch[0] = dense[row * columns + (column < columns ? column : column - columns)]!;
    hash = Math.imul(hash ^ bits[0]!, 0x01000193);
    hash = Math.imul(hash ^ bits[1]!, 0x01000193);
  }
  return hash;
}

function equalRows(
  dense: Float64Array,
  columns: number,
  [left, leftShift]: readonly [number, number],
  [right, rightShift]: readonly [number, number],
): boolean {
  for (let at = 0; at < columns; at++) {
    const leftAt = left * columns + ((at + leftShift) % columns);
    const rightAt = right * columns + ((at + rightShift) % columns);
    if (dense[leftAt] !== dense[rightAt]) return false;
  }
  return true;
}
