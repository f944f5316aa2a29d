// What a step's time hangs on: from the end of the launch that ends last, backwards through what each launch waited for, over
// all ranks. Every instant of the step is charged to what would have to be quicker for the step to end earlier.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Launch } from "../../plan/index.js";
import type { PricedPlan } from "../priced-plan.js";
import { COMPUTE, TRANSFER, type RoleProgram } from "../program.js";
import type { RankTimes, Simulation } from "../simulate.js";
import { RoleView, running } from "./rank-view.js";

/** What is charged to a launch of the plan, in all its layers and on all ranks. In microseconds, but for `issues`. */
export interface LaunchCharge {
  /** In proportion to its duration: it is as long as it would be with the whole GPU, or as its bytes take alone. */
  work: number;
  /** By level of SMs that transfers hold: how long it ran there. */
  readonly atLevel: number[];
  /** How often its issue by the host is waited for. */
  issues: number;
}

export interface CriticalPath {
  /** By index of the role, and by launch. */
  readonly charges: readonly ReadonlyMap<Launch, LaunchCharge>[];
  /** Of each role the rank that most is charged to; undefined where nothing is. */
  readonly ranks: readonly (number | undefined)[];
}

export function criticalPath(priced: PricedPlan, simulation: Simulation): CriticalPath {
  return new Walk(priced, simulation).result();
}

class Walk {
  readonly #views: readonly RoleView[];
  readonly #roleOf: ReadonlyMap<RoleProgram, number>;
  readonly #charges: readonly Map<Launch, LaunchCharge>[];
  readonly #onRank: Float64Array;
  readonly #columns: Int32Array;

  constructor(
    private readonly priced: PricedPlan,
    private readonly simulation: Simulation,
  ) {
    const { roles } = priced;
    this.#views = roles.map(({ program }) => new RoleView(program));
    this.#roleOf = new Map(roles.map(({ program }, at) => [program, at]));
    this.#charges = roles.map(() => new Map<Launch, LaunchCharge>());
    this.#onRank = new Float64Array(simulation.ranks.length);
    this.#columns = new Int32Array(simulation.ranks.length);
    for (const { role } of roles) role.ranks.forEach((rank, column) => (this.#columns[rank] = column));
    this.#goBack();
  }

  result(): CriticalPath {
    return {
      charges: this.#charges,
      ranks: this.priced.roles.map(({ role }) => {
        const most = role.ranks.reduce((best, rank) =>
          this.#onRank[rank]! > this.#onRank[best]! ? rank : best,
        );
        return this.#onRank[most]! > 0 ? most : undefined;
      }),
    };
  }

  #goBack(): void {
    let rank = 0;
    let launch = -1;
    this.simulation.ranks.forEach(({ ends }, each) =>
      ends.forEach((end, at) => {
        if (launch >= 0 && end <= this.#times(rank).ends[launch]!) return;
        [rank, launch] = [each, at];
      }),
    );
    while (launch >= 0) {
      const { starts, moves, ends, role } = this.#times(rank);
      const [start, move, end] = [starts[launch]!, moves[launch]!, ends[launch]!];
      this.#onRank[rank] = this.#onRank[rank]! + end - move;
      const kind = role.program.kinds[launch];
      if (kind === COMPUTE) this.#chargeKernels(rank, start, end);
      else if (kind === TRANSFER) {
        this.#chargeTransfers(rank, launch, move, end);
        // The step waits for whoever came last.
        if (move > start) [rank, launch] = this.#lastToCome(rank, launch);
      } else this.#charge(rank, launch).work += end - start;
      launch = this.#cause(rank, launch);
    }
  }

  /** What a launch started after; -1 for the beginning of the step. Charges what the host took in between. */
  #cause(rank: number, launch: number): number {
    const times = this.#times(rank);
    const { predecessors, readBefore } = this.#viewOf(times);
    const { program } = times.role;
    const read = readBefore[launch]!;
    const resumed = read < 0 ? 0 : times.ends[read]!;
    let latest = -1;
    for (const each of predecessors[launch]!)
      if (latest < 0 || times.ends[each]! > times.ends[latest]!) latest = each;
    if (latest >= 0 && times.ends[latest]! >= resumed + program.issueOffsets[launch]!) return latest;
    for (let issued = read + 1; issued <= launch; issued++) this.#charge(rank, issued).issues += 1;
    return read;
  }

  /** The rank that a transfer waited for, and the same transfer on it. */
  #lastToCome(rank: number, launch: number): readonly [rank: number, launch: number] {
    const { moves, role } = this.#times(rank);
    const [group, ordinal] = [role.program.groups[launch]!, role.program.ordinals[launch]!];
    const { name, instances } = this.priced.index.plan.groups[group]!;
    for (const other of instances.find((ranks) => ranks.includes(rank)) ?? []) {
      const times = this.#times(other);
      const at = this.#viewOf(times).transfer(group, ordinal);
      if (at !== undefined && times.starts[at] === moves[launch]) return [other, at];
    }
    throw new InternalError(`a transfer of ${name} waits for a rank that never comes`);
  }

  /**
   * Kernels that ran in the stretch share it evenly. Of each one's part, what it got done at its speed is its own; what it lost
   * hangs on the transfers whose data moved meanwhile.
   */
  #chargeKernels(rank: number, from: number, to: number): void {
    this.#stretches(rank, from, to, (length, active, kernels, moving) => {
      const level = this.#levelOf(rank, active);
      for (const kernel of kernels) {
        const part = length / kernels.length;
        const speed = this.#speed(rank, kernel, level);
        const charge = this.#charge(rank, kernel);
        charge.work += part * speed;
        charge.atLevel[level] = (charge.atLevel[level] ?? 0) + part;
        for (const transfer of moving)
          this.#charge(rank, transfer).work += (part * (1 - speed)) / moving.length;
      }
    });
  }

  /** Transfers that moved beside one another on the same ports share the stretch evenly. */
  #chargeTransfers(rank: number, launch: number, from: number, to: number): void {
    const { ports } = this.#times(rank).role.prices;
    this.#stretches(rank, from, to, (length, _active, _kernels, moving) => {
      const sharing = moving.filter((each) => ports.of[each] === ports.of[launch]);
      for (const transfer of sharing) this.#charge(rank, transfer).work += length / sharing.length;
    });
  }

  /** Calls for every part of a stretch in which the same launches run: all, the kernels, the transfers whose data moves. */
  #stretches(
    rank: number,
    from: number,
    to: number,
    each: (
      length: number,
      active: readonly number[],
      kernels: readonly number[],
      moving: readonly number[],
    ) => void,
  ): void {
    if (to <= from) return;
    const times = this.#times(rank);
    const { starts, moves, ends, role } = times;
    const all = running(this.#viewOf(times), times, from, to);
    const bounds = new Set([from, to]);
    for (const at of all)
      for (const time of [starts[at]!, moves[at]!, ends[at]!]) if (time > from && time < to) bounds.add(time);
    const sorted = [...bounds].sort((one, other) => one - other);
    for (let part = 0; part + 1 < sorted.length; part++) {
      const [begin, end] = [sorted[part]!, sorted[part + 1]!];
      const active = all.filter((at) => starts[at]! <= begin && ends[at]! >= end);
      const kernels = active.filter((at) => role.program.kinds[at] === COMPUTE);
      const moving = active.filter((at) => role.program.kinds[at] === TRANSFER && moves[at]! <= begin);
      each(end - begin, active, kernels, moving);
    }
  }

  /** Which number of SMs the transfers of a rank hold. */
  #levelOf(rank: number, active: readonly number[]): number {
    const { program, prices } = this.#times(rank).role;
    const held = active.reduce((sum, at) => sum + program.sms[at]!, 0);
    return prices.levels.indexOf(held);
  }

  #speed(rank: number, kernel: number, level: number): number {
    const { rowOf, columns, levels, speeds } = this.#times(rank).role.prices;
    return speeds[(rowOf[kernel]! * columns + this.#columns[rank]!) * levels.length + level]!;
  }

  #charge(rank: number, at: number): LaunchCharge {
    const { program } = this.#times(rank).role;
    const charges = this.#charges[this.#roleOf.get(program)!]!;
    const { launch } = program.launches[at]!;
    const known = charges.get(launch) ?? { work: 0, atLevel: [], issues: 0 };
    charges.set(launch, known);
    return known;
  }

  #times = (rank: number): RankTimes => this.simulation.ranks[rank]!;

  #viewOf = ({ role: { program } }: RankTimes): RoleView => this.#views[this.#roleOf.get(program)!]!;
}
