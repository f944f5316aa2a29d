// From traffic to rows: how many every rank has for every other, and how many tokens of it have a destination on a node.
import type { TrafficFault } from "../importers/traffic/index.js";
import { copiesOfTokens, whereInJson, type Traffic } from "../importers/traffic/index.js";

export interface RowTables {
  readonly rowBytes: number;
  /** [source * ranks + destination] */
  readonly rows: Float64Array;
  /** [source * nodes + node] */
  readonly copies?: Float64Array;
}

/** Bytes of a row: what is asked for, what the file says, or 1 where it counts bytes. Undefined where nothing says it. */
export const rowBytesOf = ({ unit, rowBytes }: Traffic, asked: number | undefined): number | undefined =>
  asked ?? rowBytes ?? (unit === "bytes" ? 1 : undefined);

/** Tables for nodes of so many ranks; a fault where the table by node is of others, or no tokens could have both. */
export function tablesOf(
  { ranks, cells, unit, shared }: Traffic,
  rowBytes: number,
  ranksPerNode: number,
  text: string,
): RowTables | TrafficFault {
  const inRows = (table: Float64Array, of: "bytes" | "rows"): Float64Array =>
    of === "rows" || rowBytes === 1 ? table : table.map((each) => each / rowBytes);
  const rows = inRows(cells, unit);
  if (shared === undefined) return { rowBytes, rows };
  if (shared.kind === "tokens")
    return { rowBytes, rows, copies: copiesOfTokens(shared.tokens, ranksPerNode) };
  const nodes = ranks / ranksPerNode;
  const name = shared.unit === "bytes" ? "node_bytes" : "copies";
  const at = (path: readonly (string | number)[]): Pick<TrafficFault, "start" | "end"> =>
    text === "" ? { start: 0, end: 0 } : whereInJson(text, path);
  if (shared.nodes !== nodes)
    return {
      place: name,
      reason: `it is for ${String(shared.nodes)} nodes, and ${String(ranks)} GPUs are in ${String(nodes)} nodes of ${String(ranksPerNode)}`,
      hint: "Write a number for each node of the cluster, or state other nodes by --node-size.",
      ...at([name]),
    };
  const copies = Float64Array.from(inRows(shared.cells, shared.unit));
  const wrong = firstContradiction({ rows, copies, ranks, ranksPerNode });
  if (wrong === undefined) return { rowBytes, rows, copies };
  const { source, node, least, most } = wrong;
  const shown = (value: number): string => String(shared.unit === "bytes" ? value * rowBytes : value);
  const own = shown(copies[source * nodes + node]!);
  return {
    place: `${name}, from GPU ${String(source)} to node ${String(node)}`,
    reason:
      copies[source * nodes + node]! > most
        ? `it is ${own}, and the GPUs of that node get ${shown(most)} together`
        : `it is ${own}, and one GPU of that node gets ${shown(least)} alone`,
    hint: "What crosses once for a node is at least what its GPU with most gets, and at most what all of them get.",
    ...at([name, source, node]),
  };
}

interface Contradiction {
  readonly source: number;
  readonly node: number;
  readonly least: number;
  readonly most: number;
}

/** Counts that are no rounding apart are a mistake of the file's writer. */
const ROUNDING = 1e-9;

/** Finds a count that rows do not allow. What a source has for its own node crosses nothing, so it is set to what rows allow. */
function firstContradiction({
  rows,
  copies,
  ranks,
  ranksPerNode,
}: {
  readonly rows: Float64Array;
  readonly copies: Float64Array;
  readonly ranks: number;
  readonly ranksPerNode: number;
}): Contradiction | undefined {
  const nodes = ranks / ranksPerNode;
  for (let source = 0; source < ranks; source++)
    for (let node = 0; node < nodes; node++) {
      let [least, most] = [0, 0];
      for (let rank = node * ranksPerNode; rank < (node + 1) * ranksPerNode; rank++) {
        const each = rows[source * ranks + rank]!;
        most += each;
        if (each > least) least = each;
      }
      const own = copies[source * nodes + node]!;
      const isOwn = node === Math.floor(source / ranksPerNode);
      if (!isOwn && (own > most * (1 + ROUNDING) || own < least * (1 - ROUNDING)))
        return { source, node, least, most };
      copies[source * nodes + node] = Math.min(most, Math.max(least, own));
    }
  return undefined;
}
