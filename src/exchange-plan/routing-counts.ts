// Actual traffic as tokens with their destinations, and what its counts are.
import type { Counts } from "./expand.js";
import type { Nodes } from "./ways.js";

/** [source][token] the ranks that a token goes to, ascending; none of them twice, and possibly none at all. */
export type Routing = readonly (readonly (readonly number[])[])[];

/** How many rows and tokens of a routing every rank has for another; worked out for a source when first asked for it. */
export function countsOfRouting(routing: Routing, { ranks_per_node: size }: Nodes): Counts {
  const known: SourceCounts[] = [];
  const of = (source: number): SourceCounts => (known[source] ??= countsOfSource(routing[source]!, size));
  return {
    rows: (source, destination) => of(source).rows.get(destination)?.length ?? 0,
    copies: (source, node) => of(source).copies.get(node) ?? 0,
    rowsOfCopies: (source, destination, copies) =>
      firstAtLeast(of(source).rows.get(destination) ?? [], copies),
  };
}

/** A source's tokens as they are counted. */
interface SourceCounts {
  /** By destination rank: for each row the index of its token among those for the rank's node. */
  readonly rows: Map<number, number[]>;
  /** By node: tokens with a destination there. */
  readonly copies: Map<number, number>;
}

function countsOfSource(tokens: Routing[number], size: number): SourceCounts {
  const rows = new Map<number, number[]>();
  const copies = new Map<number, number>();
  for (const destinations of tokens) {
    let before = -1;
    for (const destination of destinations) {
      const node = Math.floor(destination / size);
      const copy = (copies.get(node) ?? 0) - (node === before ? 1 : 0);
      copies.set(node, copy + 1);
      before = node;
      const known = rows.get(destination);
      if (known === undefined) rows.set(destination, [copy]);
      else known.push(copy);
    }
  }
  return { rows, copies };
}

/** Index of the first of ascending numbers that is at least `least`. */
function firstAtLeast(ascending: readonly number[], least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** [source][destination] whole rows as a routing: no two rows are of one token, and they stand in order of their destinations. */
export function routingOfRows(rows: readonly (readonly number[])[]): Routing {
  return rows.map((counts) =>
    counts.flatMap((count, destination) => Array.from({ length: count }, () => [destination])),
  );
}
