// The plain carrier of transfers: each takes on every rank the time that the link model gives it alone, and those that move through
// common ports of a rank at the same time share them evenly.
import type { Carrier, RankWalk, Walker } from "./rank-walk.js";
import { FairShare } from "./sharing.js";

export class SharedPorts implements Carrier {
  /** By walked rank and set of ports. */
  readonly #moving: (readonly FairShare[])[] = [];
  /** By meeting: how many ranks have not reached it, and which launches of which ranks have. */
  readonly #missing: Int32Array;
  readonly #present: (readonly [rank: RankWalk, launch: number])[][];

  /** `meetingSizes`: how many ranks take part in each meeting. */
  constructor(walkers: readonly Walker[], meetingSizes: Int32Array) {
    this.#missing = meetingSizes.slice();
    this.#present = Array.from(meetingSizes, () => []);
    this.#moving = walkers.map(() => []);
  }

  arrive(rank: RankWalk, launch: number, now: number): void {
    const meeting = rank.walker.meetings[launch]!;
    this.#present[meeting]!.push([rank, launch]);
    this.#missing[meeting] = this.#missing[meeting]! - 1;
    if (this.#missing[meeting] > 0) return;
    for (const [each, theirs] of this.#present[meeting]!) {
      each.move(theirs, now);
      const ports = each.walker.prices.ports.of[theirs]!;
      const moving = this.#movingOn(each)[ports]!;
      moving.advance(now);
      moving.add(theirs, each.timeOf(theirs));
      forecast(each, moving, ports, now);
    }
  }

  slow(rank: RankWalk, now: number): void {
    this.#movingOn(rank).forEach((moving, ports) => {
      if (moving.size === 0) return;
      moving.advance(now);
      forecast(rank, moving, ports, now);
    });
  }

  forecastComes(rank: RankWalk, detail: number, now: number): void {
    const { count } = rank.walker.prices.ports;
    const ports = detail % count;
    const moving = this.#movingOn(rank)[ports]!;
    if (Math.floor(detail / count) !== moving.forecast) return;
    moving.advance(now);
    const launch = moving.takeEnded();
    forecast(rank, moving, ports, now);
    rank.endTransfer(launch, now);
  }

  #movingOn(rank: RankWalk): readonly FairShare[] {
    const known = this.#moving[rank.at]!;
    if (known.length > 0) return known;
    const speed = (): number => 1 / rank.slowdown;
    return (this.#moving[rank.at] = Array.from(
      { length: rank.walker.prices.ports.count },
      () => new FairShare(speed),
    ));
  }
}

/** Announces the end of the first of the transfers that share ports. */
function forecast(rank: RankWalk, moving: FairShare, ports: number, now: number): void {
  const end = moving.forecastEnd(now);
  if (end < Infinity) rank.forecast(end, moving.forecast * rank.walker.prices.ports.count + ports);
}
