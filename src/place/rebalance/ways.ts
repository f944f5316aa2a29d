// Ways to go on with one layer: as it is, and what so many moves make of it at best, as far as found.
import { gpuOfSlots, type PlacedLayer, type PlaceProblem } from "../problem.js";
import { LayerScorer } from "../score.js";
import { bestTurns } from "../split.js";
import { frontier, type Choice } from "./choose.js";
import { descend } from "./descend.js";
import { LayerState } from "./layer-state.js";
import { matched } from "./match.js";
import { mend } from "./mend.js";
import { safeOrder } from "./order.js";
import { rulesFor, type Rules } from "./rules.js";
import { retreat } from "./toward.js";

/** More than any layer has, to number pairs of GPU and expert. */
const EXPERTS = 2 ** 20;

/** A placement that a layer may come to, with the moves that it takes and its time with the best turns. */
export interface Way extends Choice {
  readonly expertOfSlot: readonly number[];
}

/** Looks for ways of one layer, further at each call. */
export class LayerWays {
  readonly scorer: LayerScorer;
  /** Whether what must hold does not. Then only the first way leaves it so. */
  readonly isBroken: boolean;
  readonly freshUs: number;
  /** Experts that a fresh placement has on other GPUs, under the names of GPUs by which they are fewest. */
  readonly freshMoves: number;
  #ways: readonly Way[];
  readonly #problem: PlaceProblem;
  readonly #from: PlacedLayer;
  readonly #gpuOf: Int32Array;
  /** Which experts were on which GPUs. */
  readonly #was: ReadonlySet<number>;
  readonly #state: LayerState;
  readonly #target: readonly number[];
  /** Undefined where nothing was found by which they hold. */
  readonly #rules: Rules | undefined;
  #depth = 0;
  #isAtEnd = false;

  constructor(problem: PlaceProblem, layer: number, from: PlacedLayer, fresh: PlacedLayer) {
    this.#problem = problem;
    this.#from = from;
    this.scorer = new LayerScorer(problem, layer);
    this.#gpuOf = Int32Array.from(gpuOfSlots(problem.gpus));
    this.#target = matched(problem, fresh.expertOfSlot, from.expertOfSlot);
    this.freshUs = this.scorer.score(fresh).timeUs;
    this.#was = new Set(this.#gpuOf.map((gpu, slot) => gpu * EXPERTS + from.expertOfSlot[slot]!));
    this.freshMoves = this.#arrivals(this.#target);
    this.#state = new LayerState(problem, layer, from.expertOfSlot);
    const still = { moves: 0, costUs: this.#timeUs(from.expertOfSlot), expertOfSlot: from.expertOfSlot };
    this.isBroken = !rulesFor(problem, from.expertOfSlot).hold(from.expertOfSlot);
    this.#ways = [still];
    const rules = rulesFor(problem, this.isBroken ? this.#target : from.expertOfSlot);
    this.#rules = !this.isBroken || mend(this.#state, rules) ? rules : undefined;
    if (!this.isBroken) return;
    const anew = new LayerState(problem, layer, this.#target);
    this.#offer([this.#way(anew, Infinity), this.#rules && this.#way(this.#state, Infinity)]);
  }

  /** The fewest moves first; the first takes none. No other takes more moves and more time than another. */
  get ways(): readonly Way[] {
    return this.#ways;
  }

  /** The fewest moves by which what must hold does: none where it holds, or where no moves were found for it. */
  get mendingMoves(): number {
    return this.isBroken ? (this.#ways[1]?.moves ?? 0) : 0;
  }

  /** Looks for ways of more moves, up to `most`, where a way that was found before was wanted and none of twice its moves was not. */
  deepen(wanted: number, most: number): boolean {
    const { moves } = this.#ways[wanted]!;
    const isEnough = 2 * moves < this.#depth && wanted < this.#ways.length - 1;
    if (this.#isAtEnd || isEnough || this.#depth >= most) return false;
    const depth = Math.min(most, Math.max(4, 2 * this.#depth));
    const found: (Way | undefined)[] = [];
    if (this.#rules !== undefined)
      this.#isAtEnd = !descend(this.#state, this.#rules, depth - this.#depth, () =>
        found.push(this.#way(this.#state, most)),
      );
    else this.#isAtEnd = true;
    this.#depth = depth;
    this.#offer(found);
    if (this.#isAtEnd && this.freshUs < this.#ways.at(-1)!.costUs) this.#retreat(most);
    return true;
  }

  #retreat(most: number): void {
    const state = new LayerState(this.#problem, this.scorer.layer, this.#target);
    const found = [this.#way(state, most)];
    retreat(state, this.#from.expertOfSlot, () => found.push(this.#way(state, most)));
    this.#offer(found);
  }

  #offer(found: readonly (Way | undefined)[]): void {
    const [still, ...others] = this.#ways;
    const ways = [...others, ...found.filter((way) => way !== undefined)];
    this.#ways = this.isBroken ? [still!, ...frontier(ways)] : frontier([still!, ...ways]);
  }

  #way(state: LayerState, most: number): Way | undefined {
    if (this.#arrivals(state.expertOf) > most) return undefined;
    if (!rulesFor(this.#problem, state.expertOf).hold(state.expertOf)) return undefined;
    const order = safeOrder(this.#from.expertOfSlot, state.expertOf, this.#gpuOf, state.experts);
    if (order === undefined || order.length > most) return undefined;
    const expertOfSlot = Array.from(state.expertOf);
    return { moves: order.length, costUs: this.#timeUs(expertOfSlot), expertOfSlot };
  }

  #timeUs(expertOfSlot: readonly number[]): number {
    const turns = bestTurns(this.#state.shares, expertOfSlot, this.#problem);
    return this.scorer.score({ expertOfSlot, turns }).timeUs;
  }

  /** Experts on GPUs that had them not. */
  #arrivals(expertOfSlot: ArrayLike<number>): number {
    let count = 0;
    for (let slot = 0; slot < this.#gpuOf.length; slot++)
      if (!this.#was.has(this.#gpuOf[slot]! * EXPERTS + expertOfSlot[slot]!)) count++;
    return count;
  }
}
