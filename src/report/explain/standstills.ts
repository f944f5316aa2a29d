// What is exposed and why: each moment at which a rank computes nothing, booked on the launch that the next kernel then hangs
// on. From that kernel its waits are followed backwards, each to the launch that ended last before it, until the moment at
// which the last kernel ended. Means over all ranks, for a step.
import type { LaunchInstance, PlanIndex } from "../../plan/index.js";
import { hostOf, predecessorsOf, READ, type RankTimes } from "../../simulate/index.js";
import type { SimulatedPlan } from "../simulated-plan.js";
import { kernelsOf, Tally } from "./kernels.js";

/** Times in microseconds for a step. */
export interface Standstill {
  /** The launch that all hangs on, such as `routed.combine@1`; `host` where it has not issued it, `slower ranks` at the end. */
  readonly on: string;
  readonly reason: Reason;
  readonly total_us: number;
  /** Of that, it waits for other ranks. */
  readonly waits_for_ranks_us: number;
  /** The kernel that comes next most of the time; empty where none does. */
  readonly before: string;
}

/**
 * `rows`: experts need the rows that a dispatch brings. `layer_end`: the micro-batch's layer ends with what a combine brings, and
 * no kernel of another micro-batch can run meanwhile. `counts`: the host needs the counts before it can issue what follows.
 * `host`: the host is still issuing. `slower_ranks`: the rank has ended before the slowest. `kernel`: another kernel.
 */
export type Reason = "rows" | "layer_end" | "counts" | "host" | "slower_ranks" | "kernel";

/** Longest first. */
export function standstills({ plan, priced, simulation, alike }: SimulatedPlan): readonly Standstill[] {
  const sums = new Map<string, Sums>();
  for (const { times, ranks } of alike) {
    const weight = ranks.length / plan.world;
    const chains = new Chains(priced.index, times);
    for (const [from, to] of kernelsOf(times).gaps(0, simulation.makespanUs))
      for (const { on, reason, us, waitsUs, before } of chains.between(from, to)) {
        const known = sums.get(on) ?? { reason, total: 0, waits: 0, before: new Tally() };
        sums.set(on, known);
        known.total += weight * us;
        known.waits += weight * waitsUs;
        known.before.add(before, us);
      }
  }
  return [...sums]
    .map(([on, { reason, total, waits, before }]) => ({
      on,
      reason,
      total_us: total,
      waits_for_ranks_us: waits,
      before: before.sorted()[0]?.[0] ?? "",
    }))
    .sort((one, other) => other.total_us - one.total_us);
}

interface Sums {
  readonly reason: Reason;
  total: number;
  waits: number;
  readonly before: Tally;
}

/** A stretch of a gap between kernels, and the launch that it hangs on. */
interface Link {
  readonly on: string;
  readonly reason: Reason;
  readonly us: number;
  readonly waitsUs: number;
  readonly before: string;
}

/** Follows the waits of a rank's launches backwards. */
class Chains {
  /** The kernel that starts at a time. */
  readonly #startingAt = new Map<number, number>();
  readonly #predecessors: readonly (readonly number[])[];
  readonly #issued: readonly number[];
  /** For each launch, the read at which the host stopped last before it issued it; -1 for none. */
  readonly #readBefore: readonly number[];

  constructor(
    private readonly index: PlanIndex,
    private readonly times: RankTimes,
  ) {
    const { program } = times.role;
    this.#predecessors = predecessorsOf(program);
    this.#issued = hostOf(times).map(({ startUs, endUs }, at) =>
      program.kinds[at] === READ ? startUs : endUs,
    );
    let read = -1;
    this.#readBefore = Array.from(program.kinds, (kind, at) => {
      const before = read;
      if (kind === READ) read = at;
      return before;
    });
    program.launches.forEach(({ launch }, at) => {
      const start = times.starts[at]!;
      if (launch.kind === "compute" && times.ends[at]! > start) this.#startingAt.set(start, at);
    });
  }

  /** The chain of a gap between kernels, last first. Its lengths add up to the gap's. */
  between(from: number, to: number): readonly Link[] {
    const kernel = this.#startingAt.get(to);
    const whole = { us: to - from, waitsUs: 0, before: "" };
    if (kernel === undefined) return [{ on: "slower ranks", reason: "slower_ranks", ...whole }];
    const before = this.#launches[kernel]!.launch.id;
    const links: Link[] = [];
    const { starts, moves, ends } = this.times;
    let until = to;
    let current = kernel;
    while (until > from) {
      const next = this.#lastWait(current);
      const resumed = Math.max(from, next < 0 ? from : Math.min(until, ends[next]!));
      // Between the end of what it waits for and its start, the host has still to issue it.
      if (until > resumed)
        links.push({ on: "host", reason: "host", us: until - resumed, waitsUs: 0, before });
      if (next < 0 || resumed <= from) break;
      until = Math.max(from, Math.min(resumed, starts[next]!));
      const waitsUs = Math.max(0, Math.min(resumed, moves[next]!) - until);
      const on = this.#launches[next]!;
      links.push({ on: on.launch.id, reason: this.#reason(on), us: resumed - until, waitsUs, before });
      current = next;
    }
    return links;
  }

  get #launches(): readonly LaunchInstance[] {
    return this.times.role.program.launches;
  }

  /** What ended last of all that a launch waited for: a launch, or the read that held up its issue. */
  #lastWait(at: number): number {
    const { ends } = this.times;
    let latest = -1;
    for (const each of this.#predecessors[at]!) if (latest < 0 || ends[each]! > ends[latest]!) latest = each;
    const read = this.#readBefore[at]!;
    const issuedLast = latest < 0 || this.#issued[at]! > ends[latest]!;
    return issuedLast ? read : latest;
  }

  #reason({ launch }: LaunchInstance): Reason {
    switch (launch.kind) {
      case "compute":
        return "kernel";
      case "read_counts":
      case "rounds":
        return "counts";
      case "transfer": {
        if (this.index.phase(launch.exchange, launch.phase).carries === "counts") return "counts";
        return this.index.exchange(launch.exchange).combine === launch.node ? "layer_end" : "rows";
      }
      default:
        return launch satisfies never;
    }
  }
}
