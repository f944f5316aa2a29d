// Everything about one execution that stands before it starts: the plan's lookups, each rank's program, where each
// rank's memory lies, and which communicator instance a rank belongs to.
import { InternalError } from "../diagnostics/internal-error.js";
import { operatorNamed } from "../operators/registry.js";
import type { DimValues, Operator } from "../operators/operator.js";
import {
  AtomSpace,
  dimensionEnvironment,
  evaluate,
  expandTimeline,
  PlanIndex,
  type Environment,
  type Exchange,
  type LaunchInstance,
  type LaunchPlan,
  type Node,
  type Operand,
  type Phase,
  type Placement,
} from "../plan/index.js";
import type { WordRange } from "./backend.js";
import { Captures } from "./capture.js";

/** Words that each rank's memory is a multiple of, for a GPU's sake. */
const RANK_ALIGNMENT_WORDS = 64;

/** A rank as a member of a communicator instance. */
export interface CommunicatorRank {
  readonly name: string;
  /** World ranks of the instance. */
  readonly ranks: readonly number[];
  /** Index of the rank among them. */
  readonly self: number;
}

export class ExecutionContext {
  readonly index: PlanIndex;
  /** Dimensions alone: run-time counts are known only once they are counted. */
  readonly environment: Environment;
  /** [rank] launches in host issue order. */
  readonly programs: readonly (readonly LaunchInstance[])[];
  readonly rankWords: number;
  readonly captures: Captures;
  readonly #dims = new Map<Node, DimValues>();
  readonly #spaces = new Map<Exchange, AtomSpace>();
  /** By communicator and rank. */
  readonly #groups = new Map<string, CommunicatorRank>();
  /** By block, its layers in order: buffer instances count these. */
  readonly #layersOfBlock = new Map<string, number[]>();

  constructor(readonly plan: LaunchPlan) {
    this.index = new PlanIndex(plan);
    this.environment = dimensionEnvironment(plan.dimensions);
    const ofRole = new Map(plan.roles.map((role) => [role, expandTimeline(plan, role)]));
    this.programs = Array.from(
      { length: plan.world },
      (_, rank) => ofRole.get(this.index.roleOf(rank)) ?? [],
    );
    this.rankWords = Math.ceil(plan.memory.total.value / 4 / RANK_ALIGNMENT_WORDS) * RANK_ALIGNMENT_WORDS;
    this.captures = new Captures(this.index, this.programs, plan.world * this.rankWords);
    for (let layer = 0; layer < this.index.layers; layer++) {
      const { block } = this.index.runOfLayer(layer).run;
      this.#layersOfBlock.set(block, [...(this.#layersOfBlock.get(block) ?? []), layer]);
    }
  }

  /** First word of an operand's instance in the memory of all ranks. */
  wordOf(rank: number, operand: Operand, layer: number): number {
    return rank * this.rankWords + this.index.addressOf(operand, layer).begin / 4;
  }

  /** Words of an operand's instance in the memory of all ranks. */
  rangeOf(rank: number, operand: Operand, layer: number): WordRange {
    const { begin, end } = this.index.addressOf(operand, layer);
    return { word: rank * this.rankWords + begin / 4, words: (end - begin) / 4 };
  }

  operatorOf = (node: Node): Operator => operatorNamed(node.op);

  /** A node's extents with the schedule's. */
  dimsOf = (node: Node): DimValues => {
    let dims = this.#dims.get(node);
    if (dims === undefined) {
      const { environment } = this;
      const own = Object.entries(node.dims).map(
        ([name, expr]) => [name, evaluate(expr, environment)] as const,
      );
      const shared = ["sequences", "length", "context", "tokens"].map(
        (name) => [name, evaluate(name, environment)] as const,
      );
      this.#dims.set(node, (dims = Object.fromEntries([...shared, ...own])));
    }
    return dims;
  };

  /** Layers that evaluate a block; the i-th has instance i of its weights. */
  layersOf(block: string): readonly number[] {
    return this.#layersOfBlock.get(block) ?? [];
  }

  /** A rank's communicator instance for an exchange, or for one of its phases, and the rank's index in it. */
  groupOf(exchange: Exchange, rank: number, phase?: Phase): CommunicatorRank {
    const name = phase?.group ?? exchange.group;
    const key = `${name}/${rank}`;
    let known = this.#groups.get(key);
    if (known === undefined) {
      const group = this.index.group(name);
      const instance = group.instances.findIndex((ranks) => ranks.includes(rank));
      const ranks = group.instances[instance];
      if (ranks === undefined) throw new InternalError(`rank ${rank} is in no instance of ${group.name}`);
      known = { name: `${group.name}/${instance}`, ranks, self: ranks.indexOf(rank) };
      this.#groups.set(key, known);
    }
    return known;
  }

  /** Where the atoms of an exchange live. */
  spaceOf(exchange: Exchange): AtomSpace {
    let space = this.#spaces.get(exchange);
    if (space === undefined)
      this.#spaces.set(exchange, (space = new AtomSpace(exchange, this.index.placement(exchange.placement))));
    return space;
  }

  /** Index of a rank among those that share the experts of a placement. */
  rankWithin(placement: Placement, rank: number): number {
    const exchange = this.plan.exchanges.find((each) => each.placement === placement.name);
    if (exchange === undefined) throw new InternalError(`no exchange follows placement ${placement.name}`);
    return this.groupOf(exchange, rank).self;
  }
}
