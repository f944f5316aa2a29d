// Rows of a sparse constraint matrix, gathered one by one.
import type { ModelData } from "highs";

/** A column and its coefficient. */
type Term = readonly [column: number, coefficient: number];

export class Rows {
  readonly #starts = [0];
  readonly #columns: number[] = [];
  readonly #values: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];

  between(lower: number, upper: number, terms: readonly Term[]): void {
    for (const [column, value] of terms) {
      if (value === 0) continue;
      this.#columns.push(column);
      this.#values.push(value);
    }
    this.#starts.push(this.#columns.length);
    this.#lower.push(lower);
    this.#upper.push(upper);
  }

  equal(value: number, terms: readonly Term[]): void {
    this.between(value, value, terms);
  }

  atMost(upper: number, terms: readonly Term[]): void {
    this.between(-Infinity, upper, terms);
  }

  data(numCols: number): Pick<ModelData, "numRows" | "rowLower" | "rowUpper" | "matrix"> {
    const numRows = this.#lower.length;
    return {
      ...{ numRows, rowLower: this.#lower, rowUpper: this.#upper },
      matrix: {
        ...{ format: "csr", numRows, numCols },
        ...{ starts: this.#starts, indices: this.#columns, values: this.#values },
      },
    };
  }
}
