// Moves the data of transfers as flows, one for each message: all ranks and all transfers share the ports of the machine max-min
// fairly. A rank's part of a transfer ends when all messages have that it sends or receives. Kernels of DeepEP are no messages of
// the plan: they are priced whole, and share ports as in the plain walk.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { TransferLaunch } from "../../plan/index.js";
import type { RankChoice } from "../alike.js";
import { Membership } from "../prices.js";
import { PortShares } from "../port-shares.js";
import type { PricedPlan } from "../priced-plan.js";
import { StuckError, type Carrier, type RankWalk } from "../rank-walk.js";
import { FlowNetwork } from "./network.js";
import { PhaseFlowMaker, type PhaseFlows } from "./phase-flows.js";
import { widened } from "./widen.js";

/** A rank's part of a transfer. */
interface Part {
  readonly rank: RankWalk;
  readonly launch: number;
  /** Flows that have not ended. */
  left: number;
}

export class FlowCarrier implements Carrier {
  readonly network = new FlowNetwork();
  /** Flows so far. */
  flows = 0;
  /** Transfers so far that are priced whole. */
  whole = 0;
  readonly #maker: PhaseFlowMaker;
  readonly #members: Membership;
  readonly #shares: PortShares;
  /** By world rank: capacities of its links, while nothing slows them down. */
  readonly #capacities: number[][];
  /** By meeting: how many ranks have not reached it, and the launches of those that have. */
  readonly #missing: Int32Array;
  readonly #present: Part[][];
  /** Parts that move, and the numbers of free ones. */
  readonly #parts: Part[] = [];
  readonly #free: number[] = [];
  /** By flow: the parts at its two ends. */
  #sourceOf = new Int32Array(16);
  #destinationOf = new Int32Array(16);
  #ending = new Int32Array(16);
  /** Its bytes do not matter: what it takes is known beforehand. */
  readonly #timer: number;

  constructor(
    priced: PricedPlan,
    private readonly choice: RankChoice,
  ) {
    this.#maker = new PhaseFlowMaker(priced, this.network);
    this.#members = new Membership(priced.index.plan.groups);
    this.#shares = new PortShares(choice.walkers.length);
    this.#missing = choice.meetingSizes.slice();
    this.#present = Array.from(choice.meetingSizes, () => []);
    this.#capacities = this.#maker.linksOfRank.map(() => []);
    this.#timer = this.network.addClass([0]);
  }

  arrive(rank: RankWalk, launch: number, now: number): void {
    const meeting = rank.walker.meetings[launch]!;
    this.#present[meeting]!.push({ rank, launch, left: 1 });
    this.#missing[meeting] = this.#missing[meeting]! - 1;
    if (this.#missing[meeting] === 0) this.#moveAll(this.#present[meeting]!, now);
  }

  slow(rank: RankWalk, now: number): void {
    this.#shares.slow(rank, now);
    const worldRank = this.choice.worldRanks[rank.at]!;
    const capacities = this.#capacities[worldRank]!;
    this.network.advanceTo(now);
    this.#maker.linksOfRank[worldRank]!.forEach((link, at) => {
      const whole = (capacities[at] ??= this.network.capacity(link));
      this.network.setCapacity(link, whole / rank.slowdown);
    });
  }

  /** Only what is priced whole is forecast on a rank's queue. */
  forecastComes(rank: RankWalk, detail: number, now: number): void {
    this.#shares.forecastComes(rank, detail, now);
  }

  /** Ends the parts whose last flows the network has ended in this step. */
  endParts(now: number): void {
    const { ended, endedCount } = this.network;
    this.#ending = widened(this.#ending, 2 * endedCount);
    // Flows that what follows starts take the numbers of those that ended.
    for (let at = 0; at < endedCount; at++) {
      this.#ending[2 * at] = this.#sourceOf[ended[at]!]!;
      this.#ending[2 * at + 1] = this.#destinationOf[ended[at]!]!;
    }
    for (let at = 0; at < 2 * endedCount; at++) this.#endFlow(this.#ending[at]!, now);
  }

  /** All ranks are there. */
  #moveAll(parts: readonly Part[], now: number): void {
    const [first] = parts;
    if (first === undefined) throw new InternalError("a transfer without ranks");
    const { launch, layer } = first.rank.walker.program.launches[first.launch]!;
    if (launch.kind !== "transfer") throw new InternalError(`launch ${launch.id} is not a transfer`);
    if (this.#maker.byMessages(launch)) {
      this.#moveFlows(launch, layer, parts, now);
      return;
    }
    this.whole++;
    for (const { rank, launch: theirs } of parts) {
      rank.move(theirs, now);
      this.#shares.start(rank, theirs, now);
    }
  }

  #moveFlows(launch: TransferLaunch, layer: number, parts: readonly Part[], now: number): void {
    const numbers = new Map<number, number>();
    let instance = 0;
    const group = this.#maker.groupOf(launch);
    for (const part of parts) {
      const [own, within] = this.#members.of(group, this.choice.worldRanks[part.rank.at]!);
      instance = own;
      const number = this.#free.pop() ?? this.#parts.length;
      this.#parts[number] = part;
      numbers.set(within, number);
      part.rank.move(part.launch, now);
    }
    this.#startFlows(launch, this.#maker.of(launch, layer, instance), numbers, now);
    // Each part was begun with one more.
    for (const number of numbers.values()) this.#endFlow(number, now);
  }

  /** `numbers`: of the parts, by rank of the communicator. */
  #startFlows(
    { id }: TransferLaunch,
    { rendezvous, flowsOf, leastUs }: PhaseFlows,
    numbers: ReadonlyMap<number, number>,
    now: number,
  ): void {
    const [anyone = 0] = numbers.keys();
    for (const { flowClass, bytes, fixedUs, source, destination } of flowsOf.get(rendezvous[anyone]!) ?? []) {
      const [from, to] = [numbers.get(source), numbers.get(destination)];
      // Ranks that meet in different phases would wait for ever.
      if (from === undefined || to === undefined) throw new StuckError(id);
      this.#start(flowClass, bytes, now + fixedUs, from, to);
      this.flows++;
    }
    for (const [within, number] of numbers)
      this.#start(this.#timer, 0, now + leastUs[within]!, number, number);
  }

  #start(flowClass: number, bytes: number, startUs: number, source: number, destination: number): void {
    const flow = this.network.start(flowClass, bytes, startUs);
    this.#sourceOf = widened(this.#sourceOf, flow + 1);
    this.#destinationOf = widened(this.#destinationOf, flow + 1);
    this.#sourceOf[flow] = source;
    this.#destinationOf[flow] = destination;
    this.#parts[source]!.left++;
    this.#parts[destination]!.left++;
  }

  #endFlow(number: number, now: number): void {
    const part = this.#parts[number]!;
    if (--part.left > 0) return;
    this.#free.push(number);
    part.rank.endTransfer(part.launch, now);
  }
}
