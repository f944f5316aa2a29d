// Counters of one rank over time: SMs that kernels and transfers hold, and how much of each tier's bandwidth is used.
import { COMPUTE, TRANSFER, type Amounts, type PricedPlan } from "../../simulate/index.js";
import { ticksOf, type Args, type CounterEvent } from "./event.js";
import type { ShownRank } from "./ranks.js";

/** A change at a moment. */
interface Change {
  readonly ts: number;
  readonly kernels: number;
  readonly sms: number;
  /** Bytes per second by tier, out of the rank and into it. */
  readonly out: readonly number[];
  readonly into: readonly number[];
}

/** Counters of a rank. A value holds until the next event. */
export function countersOf(priced: PricedPlan, amounts: Amounts, shown: ShownRank): readonly CounterEvent[] {
  const { topology } = priced;
  const { tiers, gpu } = topology.machine;
  const changes = changesOf(priced, amounts, shown).sort((one, other) => one.ts - other.ts);
  const series = new Series(shown.rank);
  const out = tiers.map(() => 0);
  const into = tiers.map(() => 0);
  let kernels = 0;
  let sms = 0;
  changes.forEach((change, at) => {
    kernels += change.kernels;
    sms += change.sms;
    tiers.forEach((_, tier) => {
      out[tier] = out[tier]! + change.out[tier]!;
      into[tier] = into[tier]! + change.into[tier]!;
    });
    if (changes[at + 1]?.ts === change.ts) return;
    const lent = Math.min(sms, gpu.sms);
    series.add(change.ts, "SMs busy", { kernels: kernels > 0 ? gpu.sms - lent : 0, transfers: lent });
    tiers.forEach(({ name, bandwidth_bytes_per_s: own }, tier) => {
      // A GPU may use all of an adapter that it shares.
      const bandwidth = (own * topology.unitBelow(tier)) / topology.adaptersOf(tier);
      const use = { out: percent(out[tier]!, bandwidth), in: percent(into[tier]!, bandwidth) };
      series.add(change.ts, `${name} use (% of bandwidth)`, use);
    });
  });
  return series.events;
}

/** Beginnings and ends of a rank's kernels and transfers. A transfer holds its SMs while it waits, and uses links when it moves. */
function changesOf(priced: PricedPlan, amounts: Amounts, { rank, times }: ShownRank): Change[] {
  const none = priced.topology.machine.tiers.map(() => 0);
  const { launches, kinds, sms } = times.role.program;
  return launches.flatMap(({ launch, layer }, at) => {
    const [start, move, end] = [times.starts[at]!, times.moves[at]!, times.ends[at]!];
    const change = (us: number, given: Partial<Change>): Change => ({
      ts: ticksOf(us),
      ...{ kernels: 0, sms: 0, out: none, into: none },
      ...given,
    });
    if (end === start || launch.kind === "read_counts") return [];
    if (kinds[at] === COMPUTE) return [change(start, { kernels: 1 }), change(end, { kernels: -1 })];
    if (kinds[at] !== TRANSFER || launch.kind !== "transfer") return [];
    const { out, into } = amounts.transfer(launch, layer, rank);
    const rates = (bytes: readonly number[], sign: 1 | -1): readonly number[] =>
      bytes.map((each) => (end > move ? (sign * each) / ((end - move) * 1e-6) : 0));
    return [
      change(start, { sms: sms[at]! }),
      change(move, { out: rates(out, 1), into: rates(into, 1) }),
      change(end, { sms: -sms[at]!, out: rates(out, -1), into: rates(into, -1) }),
    ];
  });
}

/** Events of a rank's counters, those that change nothing left out. */
class Series {
  readonly events: CounterEvent[] = [];
  readonly #last = new Map<string, string>();

  constructor(private readonly pid: number) {}

  add(ts: number, name: string, args: Args): void {
    const values = JSON.stringify(args);
    if (this.#last.get(name) === values) return;
    this.#last.set(name, values);
    this.events.push({ ph: "C", name, pid: this.pid, ts, args });
  }
}

/** In steps of a tenth; what floating point leaves of a difference is nothing. */
const percent = (rate: number, bandwidth: number): number =>
  Math.max(0, Math.round((1000 * rate) / bandwidth) / 10);
