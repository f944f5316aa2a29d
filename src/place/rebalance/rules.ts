// What must hold of a placement, whatever it costs: pins, and groups on nodes.
import { gpuOfSlots, groupOfExpert, type PlaceProblem } from "../problem.js";
import { FREE } from "./layer-state.js";

/** What must hold of a placement of one layer. Where groups are to be kept on nodes, each group's node is given. */
export class Rules {
  readonly #groupOf: Int32Array;
  readonly #pinned: ReadonlySet<number>;
  readonly #experts: number;

  constructor(
    readonly problem: PlaceProblem,
    /** [group] its node; undefined where groups may spread. */
    readonly nodeOfGroup: readonly number[] | undefined,
  ) {
    this.#experts = problem.loads[0]!.length;
    this.#groupOf = Int32Array.from({ length: this.#experts }, (_, expert) =>
      groupOfExpert(expert, this.#experts, problem.gate.groups),
    );
    this.#pinned = new Set(problem.pins.map(({ expert, gpu }) => gpu * this.#experts + expert));
  }

  /** Whether an expert may be on a GPU. */
  allows(expert: number, gpu: number): boolean {
    const { nodeOfGroup, problem } = this;
    return nodeOfGroup === undefined || nodeOfGroup[this.#groupOf[expert]!] === problem.gpus.nodeOf[gpu];
  }

  isPinned(expert: number, gpu: number): boolean {
    return this.#pinned.size > 0 && this.#pinned.has(gpu * this.#experts + expert);
  }

  /** Whether a placement has all experts, no free slot, each expert where it may be and is pinned. */
  hold(expertOfSlot: ArrayLike<number>): boolean {
    const gpuOf = gpuOfSlots(this.problem.gpus);
    const live = new Uint8Array(this.#experts);
    let pins = 0;
    for (const [slot, gpu] of gpuOf.entries()) {
      const expert = expertOfSlot[slot]!;
      if (expert === FREE || !this.allows(expert, gpu)) return false;
      live[expert] = 1;
      if (this.isPinned(expert, gpu)) pins++;
    }
    return pins === this.#pinned.size && live.every((each) => each === 1);
  }
}

/** The rules with groups on the nodes where a placement has most of them. */
export const rulesFor = (problem: PlaceProblem, expertOfSlot: ArrayLike<number>): Rules =>
  new Rules(problem, nodesOfGroups(problem, expertOfSlot));

/**
 * [group] the node that has its experts; where some are elsewhere, the one that has most. Undefined where groups may spread.
 */
function nodesOfGroups(
  { gpus, gate, groupRule, loads }: PlaceProblem,
  expertOfSlot: ArrayLike<number>,
): number[] | undefined {
  if (groupRule === "priced" || gate.groups < 2) return undefined;
  const experts = loads[0]!.length;
  const counts = Array.from({ length: gate.groups }, () => new Map<number, number>());
  gpuOfSlots(gpus).forEach((gpu, slot) => {
    const expert = expertOfSlot[slot]!;
    if (expert === FREE) return;
    const count = counts[groupOfExpert(expert, experts, gate.groups)]!;
    const node = gpus.nodeOf[gpu]!;
    count.set(node, (count.get(node) ?? 0) + 1);
  });
  return counts.map(
    (count) => [...count].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])[0],
  );
}
