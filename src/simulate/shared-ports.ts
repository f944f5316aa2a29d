// The plain carrier of transfers: each is priced whole, and moves once all of its ranks are there.
import { PortShares } from "./port-shares.js";
import type { Carrier, RankWalk, Walker } from "./rank-walk.js";

export class SharedPorts implements Carrier {
  readonly #shares: PortShares;
  /** By meeting: how many ranks have not reached it, and which launches of which ranks have. */
  readonly #missing: Int32Array;
  readonly #present: (readonly [rank: RankWalk, launch: number])[][];

  /** `meetingSizes`: how many ranks take part in each meeting. */
  constructor(walkers: readonly Walker[], meetingSizes: Int32Array) {
    this.#missing = meetingSizes.slice();
    this.#present = Array.from(meetingSizes, () => []);
    this.#shares = new PortShares(walkers.length);
  }

  arrive(rank: RankWalk, launch: number, now: number): void {
    const meeting = rank.walker.meetings[launch]!;
    this.#present[meeting]!.push([rank, launch]);
    this.#missing[meeting] = this.#missing[meeting]! - 1;
    if (this.#missing[meeting] > 0) return;
    for (const [each, theirs] of this.#present[meeting]!) {
      each.move(theirs, now);
      this.#shares.start(each, theirs, now);
    }
  }

  slow(rank: RankWalk, now: number): void {
    this.#shares.slow(rank, now);
  }

  forecastComes(rank: RankWalk, detail: number, now: number): void {
    this.#shares.forecastComes(rank, detail, now);
  }
}
