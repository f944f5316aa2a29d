// What ranks have for one another, and what of it crosses nodes, in rows.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Topology } from "../cost/index.js";
import type { ExchangeProblem } from "./problem.js";

export class Demand {
  readonly ranks: number;
  /** Ranks of a node, a unit of the fastest tier. */
  readonly ranksPerNode: number;
  readonly nodes: number;
  /** [source * ranks + destination] */
  readonly rows: Float64Array;
  /** [source * nodes + node] what has to cross to a node: copies where rows may share them, else rows; 0 for the own node. */
  readonly crossing: Float64Array;
  /** Whether rows share copies. */
  readonly copies: boolean;
  /** [node * nodes + node] the same, of whole nodes. */
  readonly betweenNodes: Float64Array;
  readonly rowBytes: number;

  /** @throws {InternalError} where a table does not have the size that the machine says */
  constructor(problem: ExchangeProblem, topology: Topology) {
    const { machine, rows, copies, rowBytes, direction, partialSums } = problem;
    const ranks = machine.gpus;
    const ranksPerNode = Math.min(topology.unitSizes[0] ?? ranks, ranks);
    const nodes = ranks / ranksPerNode;
    if (!Number.isInteger(nodes) || rows.length !== ranks * ranks)
      throw new InternalError(`${rows.length} counts do not fit ${ranks} GPUs in nodes of ${ranksPerNode}`);
    this.ranks = ranks;
    this.ranksPerNode = ranksPerNode;
    this.nodes = nodes;
    this.rows = rows;
    this.rowBytes = rowBytes;
    // What comes back is added before it crosses only where the user permits; else every row crosses.
    this.copies = copies !== undefined && nodes > 1 && (direction === "dispatch" || partialSums);
    this.crossing =
      this.copies && copies !== undefined ? Float64Array.from(copies) : sumsByNode(rows, ranks, ranksPerNode);
    this.betweenNodes = new Float64Array(nodes * nodes);
    for (let source = 0; source < ranks; source++) {
      const from = this.nodeOf(source);
      this.crossing[source * nodes + from] = 0;
      for (let to = 0; to < nodes; to++)
        this.betweenNodes[from * nodes + to]! += this.crossing[source * nodes + to]!;
    }
  }

  nodeOf = (rank: number): number => Math.floor(rank / this.ranksPerNode);
}

/** [source * nodes + node] */
function sumsByNode(rows: Float64Array, ranks: number, ranksPerNode: number): Float64Array {
  const nodes = ranks / ranksPerNode;
  const sums = new Float64Array(ranks * nodes);
  for (let source = 0, at = 0, into = 0; source < ranks; source++)
    for (let node = 0; node < nodes; node++, into++) {
      let sum = 0;
      for (const end = at + ranksPerNode; at < end; at++) sum += rows[at]!;
      sums[into] = sum;
    }
  return sums;
}
