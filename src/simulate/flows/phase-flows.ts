// The messages of transfers as flows: over which links each goes, and when it begins to move.
import { meetingSkew, portsOf, tierPorts, US_PER_S, type TierPorts } from "../../cost/index.js";
import type { Group, TransferLaunch } from "../../plan/index.js";
import { deepEpExchange } from "../deepep/exchange.js";
import { Memo } from "../memo.js";
import type { PricedPlan } from "../priced-plan.js";
import { TransferPricer } from "../transfers.js";
import type { FlowNetwork } from "./network.js";

/** What a phase moves in a layer, between ranks of one instance of its communicator. */
export interface PhaseFlows {
  /** For each rank, the smallest rank of those that the phase ties together. */
  readonly rendezvous: Int32Array;
  /** By such a smallest rank: the flows. */
  readonly flowsOf: ReadonlyMap<number, readonly Flow[]>;
  /** By rank: microseconds that it spends even if no flow takes any time. */
  readonly leastUs: Float64Array;
}

export interface Flow {
  readonly flowClass: number;
  readonly bytes: number;
  /** Microseconds until its bytes begin to move. */
  readonly fixedUs: number;
  /** Ranks of the communicator. */
  readonly source: number;
  readonly destination: number;
}

/** Makes the links of a machine, and the flows of a plan's phases. */
export class PhaseFlowMaker {
  /** By world rank: the ports that its GPU has to itself, and the links that stand for the SMs of communicators. */
  readonly linksOfRank: readonly number[][];
  readonly #pricers = new Map<TransferLaunch, TransferPricer>();
  readonly #known = new Memo<PhaseFlows>();
  readonly #classes = new Memo<number>();
  /** By communicator and world rank: the links out of and into it that stand for the communicator's SMs. */
  readonly #engines = new Map<string, ReadonlyMap<number, readonly [out: number, into: number]>>();

  /** By port: the link that stands for what its unit sends, or receives, in all. */
  readonly #cuts = new Map<number, number>();

  constructor(
    private readonly priced: PricedPlan,
    private readonly network: FlowNetwork,
  ) {
    const { topology, index } = priced;
    const { tiers, gpus } = topology.machine;
    this.linksOfRank = Array.from({ length: index.plan.world }, () => []);
    // Links are numbered as the link model numbers ports.
    const shared = tiers.map((_, tier) => tierPorts(topology, tier));
    for (const { rate, sharers } of shared)
      for (let port = 0; port < 2 * gpus; port++) {
        const link = network.addLink(rate * US_PER_S);
        if (sharers === 1) this.linksOfRank[port >> 1]?.push(link);
      }
    shared.forEach((ports, tier) => {
      this.#addCuts(ports, tier);
    });
    for (const group of index.plan.groups) this.#addEngines(group);
  }

  /** The communicator of a launch. */
  groupOf(launch: TransferLaunch): string {
    return this.#pricer(launch).group.name;
  }

  #pricer(launch: TransferLaunch): TransferPricer {
    const { index, memo, parameters } = this.priced;
    const pricer = this.#pricers.get(launch) ?? new TransferPricer(index, launch, memo, parameters);
    this.#pricers.set(launch, pricer);
    return pricer;
  }

  /** Whether the launch is priced by its messages. Kernels of other transports are priced whole. */
  byMessages(launch: TransferLaunch): boolean {
    return deepEpExchange(this.priced.index, launch) === undefined;
  }

  /** The flows of a launch in a layer. */
  of(launch: TransferLaunch, layer: number, instance: number): PhaseFlows {
    const pricer = this.#pricer(launch);
    const { phase, bytesEach, group } = pricer;
    const elements = phase.messages.elements(this.priced.traffic.of(launch.exchange, layer));
    // What was measured to take longer than modelled does so in all its parts.
    const ratio = this.priced.measured?.ofTransfer(launch) ?? 1;
    return this.#known.of([phase, elements, bytesEach, group, instance, ratio], () =>
      this.#make(pricer, elements, instance, ratio),
    );
  }

  #make(
    { phase, bytesEach, group }: TransferPricer,
    elements: Float64Array,
    instance: number,
    ratio: number,
  ): PhaseFlows {
    const { topology, parameters } = this.priced;
    const ports = portsOf(topology, group.sms, parameters);
    const links = phase.linksOf(instance);
    const fixed = links.fixedTimes(elements, bytesEach, group.sms, parameters);
    const ranks = group.instances[instance]!;
    const startUs = phase.together.map((count) => parameters.transferStart + meetingSkew(count, parameters));
    const leastUs = Float64Array.from(startUs);
    const flowsOf = new Map<number, Flow[]>();
    phase.messages.all.forEach(({ source, destination }, message) => {
      const bytes = elements[message]! * bytesEach;
      const set = phase.rendezvous[source]!;
      const flows = flowsOf.get(set) ?? [];
      flowsOf.set(set, flows);
      const [from, to] = [ranks[source]!, ranks[destination]!];
      const engines = this.#enginesOf(group.name, from, to);
      const add = (way: readonly number[], load: number): void => {
        const flowClass = this.#classes.of([way.join(" ")], () => this.network.addClass(way));
        const fixedUs = ratio * (startUs[source]! + fixed[message]!);
        flows.push({ flowClass, bytes: ratio * load, fixedUs, source, destination });
      };
      if (source !== destination) {
        const way = links.portsOf(message);
        add([...way, ...way.flatMap((port) => this.#cuts.get(port) ?? []), ...engines], bytes);
        return;
      }
      // A copy on the GPU takes its time, and loads the ports of the fastest tier as far as it delays what goes through them.
      leastUs[source] = startUs[source]! + bytes / Math.min(ports.copyRate, ports.engineRate);
      add([2 * from, 2 * from + 1], bytes * (ports.copyShare / ports.copyRate) * ports.rates[0]!);
      if (engines.length > 0) add(engines, bytes);
    });
    return { rendezvous: phase.rendezvous, flowsOf, leastUs: leastUs.map((each) => ratio * each) };
  }

  /** Where a tier is oversubscribed, links for all that a unit of the tier below sends over it, and receives. */
  #addCuts({ cut, portOf }: TierPorts, tier: number): void {
    if (cut === undefined) return;
    const { gpus } = this.priced.topology.machine;
    const ofUnits: (readonly [out: number, into: number])[] = [];
    const add = (): number => this.network.addLink(cut.rate * US_PER_S);
    for (let gpu = 0; gpu < gpus; gpu++) {
      const ways = (ofUnits[cut.unitOf(gpu)] ??= [add(), add()]);
      ways.forEach((link, direction) => this.#cuts.set(2 * (tier * gpus + portOf(gpu)) + direction, link));
    }
  }

  /** Links for the SMs of a communicator; none where these cannot hold anything up. */
  #addEngines({ name, sms, instances }: Group): void {
    const { topology, parameters } = this.priced;
    const { engineRate, rates } = portsOf(topology, sms, parameters);
    if (engineRate >= rates.reduce((sum, each) => sum + each, 0)) return;
    const add = (rank: number): number => {
      const link = this.network.addLink(engineRate * US_PER_S);
      this.linksOfRank[rank]!.push(link);
      return link;
    };
    this.#engines.set(name, new Map(instances.flat().map((rank) => [rank, [add(rank), add(rank)]])));
  }

  #enginesOf(group: string, source: number, destination: number): readonly number[] {
    const engines = this.#engines.get(group);
    return engines === undefined ? [] : [engines.get(source)![0], engines.get(destination)![1]];
  }
}
