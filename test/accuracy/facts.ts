// Tables of facts: a JSON file with `columns` and `rows`, or another object. Rows are read by the columns' names.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface FactRow {
  /** @throws {UnreadableRow} */
  text(column: string): string;
  /** @throws {UnreadableRow} where it is not a finite number of at least 0 */
  number(column: string): number;
}

export interface FactTable {
  readonly rows: readonly FactRow[];
  /** Rows that were asked for something that they lack. */
  readonly unreadable: Set<FactRow>;
  /** The whole file, for those without rows. */
  readonly json: unknown;
}

/** A row that lacks a column, or has another kind of value in it. */
export class UnreadableRow extends Error {}

/** A folder of facts that cannot be used. */
export class FactsProblem extends Error {}

/** Reads a file of facts. @throws {FactsProblem} */
export async function readFacts(folder: string, file: string): Promise<FactTable> {
  let text: string;
  try {
    text = await readFile(join(folder, file), "utf8");
  } catch {
    throw new FactsProblem(`there is no ${file} in ${folder}`);
  }
  try {
    return factTable(JSON.parse(text));
  } catch {
    throw new FactsProblem(`${file} is not JSON`);
  }
}

/** A table as parsed. */
export function factTable(json: unknown): FactTable {
  const { columns, rows } = (typeof json === "object" && json !== null ? json : {}) as Record<
    string,
    unknown
  >;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return { rows: [], unreadable: new Set(), json };
  const positions = new Map(columns.map((name, at) => [String(name), at]));
  return { rows: rows.map((row) => readRow(positions, row)), unreadable: new Set(), json };
}

function readRow(positions: ReadonlyMap<string, number>, row: unknown): FactRow {
  const cell = (column: string): unknown => {
    const at = positions.get(column);
    return at === undefined || !Array.isArray(row) ? undefined : row[at];
  };
  return {
    text(column) {
      const value = cell(column);
      if (typeof value !== "string") throw new UnreadableRow(`no text in ${column}`);
      return value;
    },
    number(column) {
      const value = cell(column);
      if (typeof value !== "number" || !(value >= 0 && value < Infinity))
        throw new UnreadableRow(`no number in ${column}`);
      return value;
    },
  };
}

/** What each row gives; rows that cannot be read give nothing and are noted. */
export function readable<T>(table: FactTable, read: (row: FactRow) => T | undefined): readonly T[] {
  return table.rows.flatMap((row) => {
    try {
      const found = read(row);
      return found === undefined ? [] : [found];
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      table.unreadable.add(row);
      return [];
    }
  });
}
