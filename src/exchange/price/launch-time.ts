// Time of one launch by the link model: that of `TransferLinks` in cost/link, over tables instead of a list of messages.
import { handshakeTime, portHold, portTime, type CostParameters } from "../../cost/index.js";
import type { Fabric } from "./fabric.js";
import type { LaunchMessages } from "./messages.js";

/** What the messages of a launch put on the ports of a machine. */
export class LaunchLoad {
  /** Bytes by tier, each message counted once on every tier that it crosses. */
  readonly bytesByTier: Float64Array;
  /** By port: bytes and messages. */
  readonly #through: Float64Array;
  readonly #crowds: Float64Array;
  /** By rank: bytes that stay on it, and what it sends (even) and receives (odd) in all. */
  readonly #own: Float64Array;
  readonly #moved: Float64Array;

  constructor(
    private readonly fabric: Fabric,
    private readonly messages: LaunchMessages,
    private readonly rowBytes: number,
  ) {
    const { gpus, ports, tiers } = fabric;
    this.bytesByTier = new Float64Array(tiers);
    this.#through = new Float64Array(ports);
    this.#crowds = new Float64Array(ports);
    this.#own = new Float64Array(gpus);
    this.#moved = new Float64Array(2 * gpus);
    this.#addUp();
  }

  #addUp(): void {
    const { fabric, rowBytes } = this;
    let bytes = 0;
    const onHop = (tier: number, from: number, to: number): void => {
      this.bytesByTier[tier]! += bytes;
      for (const group of fabric.byTier[tier]!) this.#addHop(group.first, group, from, to, bytes);
    };
    this.messages.forEach((from, to, rows) => {
      bytes = rows * rowBytes;
      this.#moved[2 * from]! += bytes;
      this.#moved[2 * to + 1]! += bytes;
      if (from !== to) {
        fabric.forEachHop(from, to, onHop);
        return;
      }
      // A copy on its rank goes through the memory beside what crosses the fastest tier.
      this.#own[from]! += bytes;
      for (const { first, count, portOf, isPort } of fabric.byTier[0]!)
        if (isPort)
          for (const port of [first + portOf(from), first + count + portOf(from)]) this.#crowds[port]! += 1;
    });
  }

  #addHop(
    first: number,
    { count, portOf }: { readonly count: number; readonly portOf: (gpu: number) => number },
    from: number,
    to: number,
    bytes: number,
  ): void {
    const out = first + portOf(from);
    const into = first + count + portOf(to);
    this.#through[out]! += bytes;
    this.#through[into]! += bytes;
    this.#crowds[out]! += 1;
    this.#crowds[into]! += 1;
  }

  /** Microseconds that each port is busy, and what of that is not for moving bytes. */
  portsUs(
    sms: number,
    parameters: CostParameters,
  ): { readonly until: Float64Array; readonly holds: Float64Array } {
    const ports = this.fabric.portsFor(sms, parameters);
    const until = new Float64Array(this.#through.length);
    const holds = new Float64Array(this.#through.length);
    for (const { tier, first, count, rate, isPort, gpusOf } of this.fabric.groups)
      for (let side = 0; side < 2; side++)
        for (let at = 0; at < count; at++) {
          const port = first + side * count + at;
          const crowd = this.#crowds[port]!;
          if (crowd === 0) continue;
          const bytes = this.#through[port]!;
          if (!isPort) {
            until[port] = bytes / rate;
            continue;
          }
          let own = 0;
          let engine = 0;
          for (const gpu of gpusOf(at)) {
            own += this.#own[gpu]!;
            engine = Math.max(engine, this.#moved[2 * gpu + side]!);
          }
          until[port] = portTime(ports, tier, bytes, crowd, own, engine);
          holds[port] = portHold(ports, tier, bytes, crowd, own);
        }
    return { until, holds };
  }

  /** Microseconds of the launch's longest port, for choosing how many SMs move the bytes. */
  busiest(sms: number, parameters: CostParameters): number {
    return this.portsUs(sms, parameters).until.reduce((most, each) => Math.max(most, each), 0);
  }

  /** Microseconds of the launch: until the last of its messages is there. 0 where there are none. */
  time(sms: number, parameters: CostParameters): number {
    const { fabric, rowBytes } = this;
    const ports = fabric.portsFor(sms, parameters);
    const { until } = this.portsUs(sms, parameters);
    let longest = 0;
    for (const bytes of this.#own)
      longest = Math.max(longest, bytes / Math.min(ports.copyRate, ports.engineRate));
    let any = longest > 0;
    let busy = 0;
    let way = 0;
    const onHop = (tier: number, from: number, to: number): void => {
      way += ports.latenciesUs[tier]!;
      for (const { first, count, portOf } of fabric.byTier[tier]!)
        busy = Math.max(busy, until[first + portOf(from)]!, until[first + count + portOf(to)]!);
    };
    this.messages.forEach((from, to, rows) => {
      if (from === to) return;
      any = true;
      busy = way = 0;
      fabric.forEachHop(from, to, onHop);
      longest = Math.max(longest, busy + way + handshakeTime(rows * rowBytes, parameters));
    });
    if (!any) return 0;
    return parameters.transferStart + longest;
  }
}
