// What does not change while a layer is searched.
import { Choices } from "../crossing.js";
import { gpuOfSlots, groupOfExpert, nodeCount, slotBegins, type PlaceProblem } from "../problem.js";
import { cappedShares, sharesOf } from "../shares.js";
import { seenTokens, type SeenTokens } from "./seen-tokens.js";

/** What all layers have in common. */
export class ClusterTerms {
  readonly experts: number;
  readonly world: number;
  readonly nodes: number;
  readonly groups: number;
  readonly slots: number;
  /** [slot] */
  readonly gpuOf: Int32Array;
  /** [gpu] */
  readonly nodeOf: Int32Array;
  /** [slot] a turn each. */
  readonly evenTurns: readonly number[];
  /** [gpu] first slot, and after the last GPU their number. */
  readonly begins: Int32Array;
  /** [gpu] one over its speed. */
  readonly slowness: Float64Array;
  /** [node] its GPUs that have slots. */
  readonly gpusOf: readonly (readonly number[])[];
  /** [node] its slots. */
  readonly nodeSlots: Int32Array;
  /** [node] sum of the speeds of its GPUs that have slots. */
  readonly nodeSpeeds: Float64Array;
  /** [expert] */
  readonly groupOf: Int32Array;
  /** [gpu] experts that must have a replica there. */
  readonly pinned: ReadonlyMap<number, ReadonlySet<number>>;

  constructor(readonly problem: PlaceProblem) {
    const { gpus, gate, loads, pins } = problem;
    this.experts = loads[0]?.length ?? 0;
    this.world = gpus.slots.length;
    this.nodes = nodeCount(gpus);
    this.groups = gate.groups;
    this.gpuOf = Int32Array.from(gpuOfSlots(gpus));
    this.slots = this.gpuOf.length;
    this.evenTurns = new Array<number>(this.slots).fill(1);
    this.nodeOf = Int32Array.from(gpus.nodeOf);
    this.begins = Int32Array.from(slotBegins(gpus.slots));
    this.slowness = Float64Array.from(gpus.speeds, (speed) => 1 / speed);
    const used = gpus.slots.flatMap((own, gpu) => (own > 0 ? [gpu] : []));
    this.gpusOf = Array.from({ length: this.nodes }, (_, node) =>
      used.filter((gpu) => gpus.nodeOf[gpu] === node),
    );
    this.nodeSlots = new Int32Array(this.nodes);
    this.nodeSpeeds = new Float64Array(this.nodes);
    for (const gpu of used) {
      this.nodeSlots[gpus.nodeOf[gpu]!]! += gpus.slots[gpu]!;
      this.nodeSpeeds[gpus.nodeOf[gpu]!]! += gpus.speeds[gpu]!;
    }
    this.groupOf = Int32Array.from({ length: this.experts }, (_, expert) =>
      groupOfExpert(expert, this.experts, gate.groups),
    );
    const pinned = new Map<number, Set<number>>();
    for (const { expert, gpu } of pins) pinned.set(gpu, (pinned.get(gpu) ?? new Set()).add(expert));
    this.pinned = pinned;
  }

  isPinned(expert: number, gpu: number): boolean {
    return this.pinned.size > 0 && (this.pinned.get(gpu)?.has(expert) ?? false);
  }
}

/** What one layer adds. */
export class LayerTerms {
  readonly experts: number;
  readonly nodes: number;
  readonly groups: number;
  /** [expert] share of the rows. */
  readonly shares: Float64Array;
  readonly choices: Choices;
  /** [expert] logarithm of the chance that a token which chose its group does not choose it. */
  readonly logMiss: Float64Array;
  /** Tokens that were seen, by the experts that they chose. */
  readonly seen: SeenTokens | undefined;

  constructor(
    readonly cluster: ClusterTerms,
    readonly layer: number,
  ) {
    const { loads, gate } = cluster.problem;
    this.experts = cluster.experts;
    this.nodes = cluster.nodes;
    this.groups = cluster.groups;
    this.shares = sharesOf(loads[layer]!);
    this.choices = new Choices(cappedShares(loads[layer]!, gate.topK), gate);
    this.logMiss = this.choices.chosen.map((chance) => Math.log(1 - chance));
    this.seen = seenTokens(cluster.problem.tokens?.[layer], gate.topK, cluster.experts);
  }
}
