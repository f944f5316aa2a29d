// A machine's links as exchanges use them: the ports that GPUs send and receive through, and the way of a message over them.
import { portsOf, tierPorts, type CostParameters, type Ports, type Topology } from "../../cost/index.js";

/** One kind of port of a tier: those of GPUs or of the adapters that they share, or what a whole unit sends over the tier. */
export interface PortGroup {
  readonly tier: number;
  /** Number of its first port out; those in follow behind the last one out. */
  readonly first: number;
  readonly count: number;
  readonly portOf: (gpu: number) => number;
  /** GPUs of a port. */
  readonly gpusOf: (port: number) => readonly number[];
  /** Bytes per microsecond and direction. */
  readonly rate: number;
  /** Whether messages follow one another through it, rather than only bytes. */
  readonly isPort: boolean;
}

export class Fabric {
  readonly gpus: number;
  readonly tiers: number;
  readonly groups: readonly PortGroup[];
  /** [tier] its groups. */
  readonly byTier: readonly (readonly PortGroup[])[];
  readonly ports: number;

  constructor(readonly topology: Topology) {
    const { machine, unitSizes } = topology;
    this.gpus = machine.gpus;
    this.tiers = unitSizes.length;
    const groups: PortGroup[] = [];
    let first = 0;
    const add = (
      tier: number,
      count: number,
      portOf: (gpu: number) => number,
      rate: number,
      isPort: boolean,
    ): void => {
      const members = Array.from({ length: count }, (): number[] => []);
      for (let gpu = 0; gpu < this.gpus; gpu++) members[portOf(gpu)]!.push(gpu);
      groups.push({ tier, first, count, portOf, rate, isPort, gpusOf: (port) => members[port]! });
      first += 2 * count;
    };
    machine.tiers.forEach((_, tier) => {
      const { portOf, ports, rate, cut } = tierPorts(topology, tier);
      add(tier, ports, portOf, rate, true);
      if (cut !== undefined) {
        const units = Math.ceil(this.gpus / topology.unitBelow(tier));
        add(tier, units, cut.unitOf, cut.rate, false);
      }
    });
    this.groups = groups;
    this.byTier = machine.tiers.map((_, tier) => groups.filter((group) => group.tier === tier));
    this.ports = first;
  }

  /**
   * Visits the hops of a message, as `Topology.route` has them: a rail joins GPUs of equal index within the tier below; others
   * are first reached there over the tiers below. Makes no list, since a large exchange has millions of messages.
   */
  forEachHop(from: number, to: number, visit: (tier: number, from: number, to: number) => void): void {
    const { machine, unitSizes } = this.topology;
    let tier = 0;
    while (Math.floor(from / unitSizes[tier]!) !== Math.floor(to / unitSizes[tier]!)) tier++;
    const isRail = machine.tiers[tier]!.kind === "rail";
    const { topology } = this;
    if (!isRail || topology.adapterOf(tier, from) === topology.adapterOf(tier, to)) {
      visit(tier, from, to);
      return;
    }
    const below = topology.unitBelow(tier);
    const gateway = from - (from % below) + (to % below);
    this.forEachHop(from, gateway, visit);
    visit(tier, gateway, to);
  }

  /** Rates and latencies for a communicator of so many SMs. */
  portsFor(sms: number, parameters: CostParameters): Ports {
    return portsOf(this.topology, sms, parameters);
  }
}
