// The assignment problem: rows to columns, one to one, for the least sum of costs (Kuhn and Munkres, with shortest augmenting paths
// as Jonker and Volgenant find them).

/** [row] its column. `costs` is square. Cubic time. */
export function leastAssignment(costs: readonly (readonly number[])[]): number[] {
  const size = costs.length;
  // Row and column 0 are not the matrix's: a path starts from a row that is virtually matched to column 0.
  const rowPrices = new Float64Array(size + 1);
  const columnPrices = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  const before = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    const slack = new Float64Array(size + 1).fill(Infinity);
    const reached = new Uint8Array(size + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      reached[column] = 1;
      const from = rowOf[column]!;
      let [delta, next] = [Infinity, 0];
      for (let other = 1; other <= size; other++) {
        if (reached[other] === 1) continue;
        const reduced = costs[from - 1]![other - 1]! - rowPrices[from]! - columnPrices[other]!;
        if (reduced < slack[other]!) {
          slack[other] = reduced;
          before[other] = column;
        }
        if (slack[other]! < delta) [delta, next] = [slack[other]!, other];
      }
      for (let other = 0; other <= size; other++) {
        if (reached[other] === 1) {
          rowPrices[rowOf[other]!]! += delta;
          columnPrices[other]! -= delta;
        } else slack[other]! -= delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }
  const columnOf = new Array<number>(size).fill(0);
  for (let column = 1; column <= size; column++) columnOf[rowOf[column]! - 1] = column - 1;
  return columnOf;
}
