// Prices of candidates: launches one after another, each by the link model, with as few SMs as move the bytes nearly as fast.
import { meetingSkew, type CostParameters, type Topology } from "../../cost/index.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import { crossingHop, hopsOf, type Route } from "../../exchange-plan/index.js";
import type { Made } from "../candidates/made.js";
import type { WaveCosts } from "../candidates/shares.js";
import type { Demand } from "../demand.js";
import { SM_BUDGETS } from "../limits.js";
import { Fabric } from "./fabric.js";
import { LaunchLoad } from "./launch-time.js";
import { launchMessages, withinMessages, type LaunchMessages } from "./messages.js";

export interface Priced {
  readonly timeUs: number;
  /** [launch] */
  readonly launchUs: readonly number[];
  readonly sms: number;
  /** Bytes that the rank with most of them holds for others. */
  readonly bufferBytes: number;
  readonly bytesPerTier: Readonly<Record<string, number>>;
}

/** More SMs are taken only where they save more than this share of the time: they are lost to compute. */
const WORTH = 0.01;

/** SMs that keep up with all tiers of any machine at once. */
const PIPELINE_SMS = 64;

export class Pricing {
  readonly fabric: Fabric;
  #within: LaunchLoad | undefined;
  /** By candidate in one wave: what its hops take. */
  readonly #costs = new Map<string, WaveCosts>();

  constructor(
    private readonly demand: Demand,
    private readonly topology: Topology,
    private readonly parameters: CostParameters,
    /** SMs of the communicator, where they are given. */
    private readonly sms: number | undefined,
  ) {
    this.fabric = new Fabric(topology);
  }

  price(name: string, { routing, spreads }: Made): Priced {
    const messages = launchMessages(this.demand, routing, spreads);
    const loads = messages.map((each) => new LaunchLoad(this.fabric, each, this.demand.rowBytes));
    const sms = this.sms ?? this.#fewestSms(loads);
    const launchUs = loads.map((load) => load.time(sms, this.parameters));
    // Ranks come to the exchange at different times; from launch to launch they wait for nobody but those they exchange with.
    const first = launchUs.findIndex((us) => us > 0);
    if (first >= 0) launchUs[first]! += meetingSkew(this.demand.ranks, this.parameters);
    const [way] = routing.routes.flatMap((route) => (route.pairs === "within" ? [] : [route.way]));
    if (way !== undefined && routing.launches.length === hopsOf[way])
      this.#costs.set(name, this.#costsOfHops(loads, crossingHop[way]));
    return {
      timeUs: launchUs.reduce((sum, each) => sum + each, 0),
      launchUs,
      sms,
      bufferBytes: this.#bufferBytes(messages, way ?? "direct"),
      bytesPerTier: Object.fromEntries(
        this.topology.machine.tiers.map(({ name: tier }, at) => [
          tier,
          loads.reduce((sum, { bytesByTier }) => sum + bytesByTier[at]!, 0),
        ]),
      ),
    };
  }

  /** @throws {InternalError} for a candidate that was not priced in one wave */
  costsOf(name: string): WaveCosts {
    const costs = this.#costs.get(name);
    if (costs === undefined) throw new InternalError(`${name} has no price in one wave`);
    return costs;
  }

  /** What hops take, of loads that are one hop each. */
  #costsOfHops(loads: readonly LaunchLoad[], crossing: number): WaveCosts {
    // In waves all hops share the SMs, so that what suffices for one of them would hold them up.
    const sms = this.sms ?? PIPELINE_SMS;
    const ports = loads.map((load) => load.portsUs(sms, this.parameters));
    const besides = loads.map((load) => load.time(sms, this.parameters) - load.busiest(sms, this.parameters));
    const within = this.#withinLoad().portsUs(sms, this.parameters);
    // In one wave what stays in a node moves beside what crosses.
    return {
      movesUs: ports.map(({ until, holds }, hop) =>
        until.map((us, port) =>
          Math.max(0, us - holds[port]! - (hop === crossing ? within.until[port]! - within.holds[port]! : 0)),
        ),
      ),
      holdsUs: ports.map(({ holds }) => holds),
      withinUs: within.until.map((us, port) => us - within.holds[port]!),
      launchUs: Math.max(0, ...besides),
    };
  }

  #withinLoad(): LaunchLoad {
    this.#within ??= new LaunchLoad(this.fabric, withinMessages(this.demand), this.demand.rowBytes);
    return this.#within;
  }

  /** The fewest SMs with which the busiest ports take hardly longer than with any number. */
  #fewestSms(loads: readonly LaunchLoad[]): number {
    const budgets = SM_BUDGETS.filter((sms) => sms <= this.topology.machine.gpu.sms);
    const times = budgets.map((sms) =>
      loads.reduce((sum, load) => sum + load.busiest(sms, this.parameters), 0),
    );
    const least = Math.min(...times);
    return budgets[times.findIndex((time) => time <= least * (1 + WORTH))] ?? 1;
  }

  /** What a relay holds until it is passed on: what it gathers before it crosses, what has crossed before it is forwarded. */
  #bufferBytes(messages: readonly LaunchMessages[], way: Route["way"]): number {
    const held = new Float64Array(this.demand.ranks);
    for (const launch of messages)
      launch.forEachAcross((from, to, rows) => {
        if (crossingHop[way] > 0) held[from]! += rows;
        if (crossingHop[way] + 1 < hopsOf[way]) held[to]! += rows;
      });
    return this.demand.rowBytes * held.reduce((most, each) => Math.max(most, each), 0);
  }
}
