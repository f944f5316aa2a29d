// Numbers the meetings of ranks in transfers: the k-th transfer of an instance of a communicator, for each set of ranks that
// its phase ties together.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Launch } from "../plan/index.js";
import type { PricedPlan } from "./priced-plan.js";
import { TRANSFER, type RoleProgram } from "./program.js";
import { phaseLinks } from "./transfers.js";

export class Meetings {
  /** By ordinal, group, instance and set. */
  readonly #numbers = new Map<number, number>();
  readonly #sizes: number[] = [];
  /** For each group, [instance, rank within it] of the world ranks. */
  readonly #within: readonly ReadonlyMap<number, readonly [number, number]>[];
  readonly #sets = new Map<Launch, Int32Array>();

  /** `walked`: the ranks that take part in the walk. */
  constructor(
    private readonly priced: PricedPlan,
    private readonly walked: ReadonlySet<number>,
  ) {
    this.#within = priced.index.plan.groups.map(
      ({ instances }) =>
        new Map(instances.flatMap((ranks, at) => ranks.map((rank, within) => [rank, [at, within] as const]))),
    );
  }

  /** How many walked ranks take part in each meeting. */
  sizes = (): Int32Array => Int32Array.from(this.#sizes);

  /** For each launch of a rank, its meeting; -1 for what is not a transfer. */
  of(program: RoleProgram, rank: number): Int32Array {
    return program.kinds.reduce((meetings, kind, launch) => {
      if (kind === TRANSFER) meetings[launch] = this.#join(program, launch, rank);
      return meetings;
    }, new Int32Array(program.launches.length).fill(-1));
  }

  #join(program: RoleProgram, launch: number, rank: number): number {
    const group = program.groups[launch]!;
    const own = this.#within[group]!.get(rank);
    if (own === undefined)
      throw new InternalError(`rank ${String(rank)} is not in the group of its transfer`);
    const [instance, within] = own;
    const sets = this.#setsOf(program, launch);
    const set = sets[within]!;
    const { groups, world } = this.priced.index.plan;
    const key = ((program.ordinals[launch]! * groups.length + group) * world + instance) * world + set;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    // Every rank that the phase ties together is waited for, also one that never comes.
    const taking = groups[group]!.instances[instance]!.filter(
      (other, at) => sets[at] === set && this.walked.has(other),
    );
    const number = this.#sizes.push(taking.length) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #setsOf(program: RoleProgram, at: number): Int32Array {
    const { launch } = program.launches[at]!;
    const known = this.#sets.get(launch);
    if (known !== undefined) return known;
    if (launch.kind !== "transfer") throw new InternalError(`launch ${launch.id} is not a transfer`);
    const sets = phaseLinks(this.priced.index, launch, this.priced.memo).rendezvous;
    this.#sets.set(launch, sets);
    return sets;
  }
}
