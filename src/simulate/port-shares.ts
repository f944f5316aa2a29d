// Transfers priced whole, as they move: each takes on every rank the time that the link model gives it alone, and those that move
// through common ports of a rank at the same time share them evenly.
import type { RankWalk } from "./rank-walk.js";
import { FairShare } from "./sharing.js";

export class PortShares {
  /** By walked rank and set of ports. */
  readonly #moving: (readonly FairShare[])[];

  /** `ranks`: how many are walked. */
  constructor(ranks: number) {
    this.#moving = Array.from({ length: ranks }, () => []);
  }

  /** A rank's part of a transfer begins to move. */
  start(rank: RankWalk, launch: number, now: number): void {
    const ports = rank.walker.prices.ports.of[launch]!;
    const moving = this.#movingOn(rank)[ports]!;
    moving.advance(now);
    moving.add(launch, rank.timeOf(launch));
    forecast(rank, moving, ports, now);
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
