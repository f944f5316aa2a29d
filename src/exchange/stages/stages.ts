// One-to-one stages between nodes: in each a node sends to at most one other and receives from at most one, for as long as the
// stage lasts. Birkhoff (1946): a matrix whose rows and columns all have the sum D is a sum of such stages of total length D, but
// of up to size^2 - 2 size + 2 of them. Few stages are had by letting lines that are not the busiest stand idle for a while, and
// by taking a little longer than D: all stages but the last few are as long as nearly every busy node can fill.
import { InternalError } from "../../diagnostics/internal-error.js";
import { Bipartite, NONE, type Edges } from "./bipartite.js";
import { largestFirst } from "./largest-first.js";
import { Remainder } from "./lines.js";
import type { Stage } from "./stage.js";

export interface StagesOptions {
  /** How much longer than the bound stages may take before what is left is sent largest first, as a share of the bound. */
  readonly excess: number;
  /** What is left then, as a share of the bound; it takes at most twice as long as that. */
  readonly rest: number;
}

/** In all at most 1 % above the bound: 0.4 % of it idle, and 0.6 % twice. */
export const FEW_STAGES: StagesOptions = { excess: 0.004, rest: 0.006 };

/** As long as the bound, to rounding. */
export const EXACT_STAGES: StagesOptions = { excess: 0, rest: 1e-9 };

/** Stages get shorter by this factor when the busy nodes can fill none as long as before. */
const SHORTER = 0.7;
/** No search takes more stages for each node; a matrix that would needs most of them for its last hundredth. */
const MOST_STAGES_EACH = 64;

/** Stages of a matrix [sender * size + receiver], whose entries are not negative. What a node has for itself is not for it. */
export function stagesOf(
  traffic: Float64Array,
  size: number,
  { excess, rest }: StagesOptions = FEW_STAGES,
): Stage[] {
  const remainder = new Remainder(size, traffic);
  const search = new StageSearch(remainder, excess);
  const stages: Stage[] = [];
  const until = rest * remainder.longest;
  while (remainder.live > 0 && search.time > until && stages.length < MOST_STAGES_EACH * size) {
    const stage = search.next();
    if (stage === undefined) break;
    stages.push(stage);
  }
  return [...stages, ...largestFirst(remainder)];
}

class StageSearch {
  /** Time that is left for what is left; no line may have more. */
  time: number;
  /** Length of the next stage. */
  #length: number;
  readonly #whole: number;
  readonly #matching: Bipartite;
  /** Pairs that fill a stage, and pairs that both of its nodes can afford not to fill. */
  readonly #filling: Edges;
  readonly #affordable: Edges;
  /** Idle time that is kept for later. */
  #kept = 0;
  readonly #keptAtFirst: number;

  constructor(
    private readonly remainder: Remainder,
    excess: number,
  ) {
    const bound = remainder.longest;
    this.#whole = this.time = bound * (1 + excess);
    this.#keptAtFirst = bound * excess;
    this.#length = remainder.largestEntry;
    this.#matching = new Bipartite(remainder.size);
    this.#filling = this.#matching.edges();
    this.#affordable = this.#matching.edges();
    this.#findFilling();
  }

  /** The next stage, taken off the remainder; undefined where rounding leaves none of any length. */
  next(): Stage | undefined {
    // Idle time is spent evenly: what is kept falls with the time.
    this.#kept = (this.#keptAtFirst * this.time) / this.#whole;
    while (!this.#coverBusy()) {
      this.#length *= SHORTER;
      if (this.#length < this.#whole * 1e-12) return undefined;
      this.#findFilling();
    }
    this.#useIdle();
    return this.#take();
  }

  readonly #idleOf = (load: number): number => this.time - load - this.#kept;
  readonly #rowMayIdle = (row: number): boolean => this.#idleOf(this.remainder.rows[row]!) >= this.#length;
  readonly #columnMayIdle = (column: number): boolean =>
    this.#idleOf(this.remainder.columns[column]!) >= this.#length;

  /** Matches all that cannot afford to stand idle for the whole stage. */
  #coverBusy(): boolean {
    const matching = this.#matching;
    const { size } = this.remainder;
    matching.keepOnly(this.#filling);
    matching.extend(this.#filling);
    let found = false;
    const affordable = (): Edges => {
      if (!found) this.#findAffordable();
      found = true;
      return this.#affordable;
    };
    for (let row = 0; row < size; row++)
      if (matching.columnOf[row] === NONE && !this.#rowMayIdle(row))
        if (!matching.coverRow(row, affordable(), this.#rowMayIdle)) return false;
    for (let column = 0; column < size; column++)
      if (matching.rowOf[column] === NONE && !this.#columnMayIdle(column))
        if (!matching.coverColumn(column, affordable(), this.#columnMayIdle)) return false;
    return true;
  }

  // The two loops below are most of the search's time on large matrices: no calls in them.

  #findFilling(): void {
    const { size, left } = this.remainder;
    const { words } = this.#matching;
    const [edges, length] = [this.#filling, this.#length];
    for (let row = 0, at = 0; row < size; row++)
      for (let word = 0; word < words; word++) {
        let bits = 0;
        const end = Math.min(32, size - (word << 5));
        for (let bit = 0; bit < end; bit++, at++) if (left[at]! >= length) bits |= 1 << bit;
        edges[row * words + word] = bits;
      }
  }

  #findAffordable(): void {
    const { size, left, rows, columns } = this.remainder;
    const { words } = this.#matching;
    const [edges, length] = [this.#affordable, this.#length];
    // Left of a pair there must be this much, for its sender's sake and for its receiver's.
    const rowNeeds = rows.map((load) => length - this.#idleOf(load));
    const columnNeeds = columns.map((load) => length - this.#idleOf(load));
    for (let row = 0, at = 0; row < size; row++) {
      const needed = rowNeeds[row]!;
      for (let word = 0, column = 0; word < words; word++) {
        let bits = 0;
        const end = Math.min(32, size - (word << 5));
        for (let bit = 0; bit < end; bit++, at++, column++) {
          const entry = left[at]!;
          if (entry >= length || (entry >= needed && entry >= columnNeeds[column]!)) bits |= 1 << bit;
        }
        edges[row * words + word] = bits;
      }
    }
  }

  /** Whoever may stand idle takes the largest that is left between two such. */
  #useIdle(): void {
    const { size, left } = this.remainder;
    const matching = this.#matching;
    const idle: number[] = [];
    for (let column = 0; column < size; column++) if (matching.rowOf[column] === NONE) idle.push(column);
    for (let row = 0; row < size && idle.length > 0; row++) {
      if (matching.columnOf[row] !== NONE) continue;
      let best = NONE;
      let most = 0;
      for (let at = 0; at < idle.length; at++) {
        const entry = left[row * size + idle[at]!]!;
        if (entry > most) [most, best] = [entry, at];
      }
      if (best === NONE) continue;
      matching.match(row, idle[best]!);
      idle[best] = idle.at(-1)!;
      idle.pop();
    }
  }

  #take(): Stage {
    const { remainder } = this;
    const { size } = remainder;
    const matching = this.#matching;
    const from: number[] = [];
    const to: number[] = [];
    const amounts: number[] = [];
    let length = 0;
    for (let row = 0; row < size; row++) {
      const column = matching.columnOf[row]!;
      if (column === NONE) continue;
      const sent = remainder.send(row, column, this.#length);
      if (sent === 0) continue;
      from.push(row);
      to.push(column);
      amounts.push(sent);
      length = Math.max(length, sent);
      if (remainder.left[row * size + column]! < this.#length) {
        const at = row * matching.words + (column >> 5);
        this.#filling[at] = this.#filling[at]! & ~(1 << (column & 31));
      }
    }
    if (length === 0) throw new InternalError("a stage moves nothing");
    this.time -= length;
    return {
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      amounts: Float64Array.from(amounts),
      length,
    };
  }
}
