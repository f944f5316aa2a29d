// What could happen next, and the chance by which one thing is picked. Actors are hosts and streams; an actor may offer
// several actions at once, such as the copies of one transfer.
import { Draws } from "../random.js";

/**
 * How the next actor is picked. `uniform`: all alike. `priorities`: always the actor of highest priority, which changes
 * at random moments. `starve`: one stream, of one rank or of all, runs only when nothing else can, so that what should
 * wait for it but does not runs ahead.
 */
export const strategies = ["uniform", "priorities", "starve"] as const;
export type Strategy = (typeof strategies)[number];

/** Of so many picks, one changes a priority. */
const PICKS_PER_CHANGE = 32;

export class Choices<Action> {
  readonly strategy: Strategy;
  readonly #draws: Draws;
  readonly #offers: Action[][];
  /** Actors that offer something, in no order, and each actor's position there. */
  readonly #active: number[] = [];
  readonly #position: number[];
  readonly #priority: number[];
  readonly #starved: (actor: number) => boolean;
  /** With priorities: the active actor of the highest, where it is known. */
  #first: number | undefined;

  /** `ranks` times `actorsPerRank` actors, numbered rank by rank, the rank's host first. */
  constructor(ranks: number, actorsPerRank: number, seed: number) {
    const actors = ranks * actorsPerRank;
    this.#draws = new Draws(seed, "order");
    // Consecutive seeds take turns, so that a few of them try everything.
    this.strategy = strategies[Math.abs(seed) % strategies.length] ?? "uniform";
    this.#offers = Array.from({ length: actors }, () => []);
    this.#position = Array.from({ length: actors }, () => -1);
    this.#priority = Array.from({ length: actors }, () => this.#draws.below(2 ** 31));
    const victim = 1 + this.#draws.below(Math.max(1, actorsPerRank - 1));
    const victimRank = this.#draws.below(2) === 0 ? undefined : this.#draws.below(ranks);
    this.#starved = (actor) =>
      actor % actorsPerRank === victim &&
      (victimRank === undefined || Math.floor(actor / actorsPerRank) === victimRank);
  }

  offer(actor: number, action: Action): void {
    const offers = this.#offers[actor]!;
    if (offers.length === 0) {
      this.#position[actor] = this.#active.length;
      this.#active.push(actor);
      if (this.#first !== undefined && this.#priority[actor]! > this.#priority[this.#first]!)
        this.#first = actor;
    }
    offers.push(action);
  }

  /** True by a chance of one in so many. */
  oneIn(many: number): boolean {
    return this.#draws.below(many) === 0;
  }

  /** Takes one action out, or gives undefined where nothing is offered: `spared`, nothing but what is starved. */
  take(spared: "spared" | "all"): Action | undefined {
    if (this.#active.length === 0) return undefined;
    const actor = this.#pickActor(spared);
    if (actor === undefined) return undefined;
    const offers = this.#offers[actor]!;
    const chosen = this.#draws.below(offers.length);
    const action = offers[chosen];
    offers[chosen] = offers.at(-1)!;
    offers.pop();
    if (offers.length === 0) this.#deactivate(actor);
    return action;
  }

  #deactivate(actor: number): void {
    if (this.#first === actor) this.#first = undefined;
    const position = this.#position[actor]!;
    const last = this.#active.at(-1)!;
    this.#active[position] = last;
    this.#position[last] = position;
    this.#active.pop();
  }

  #pickActor(spared: "spared" | "all"): number | undefined {
    const anyone = this.#active[this.#draws.below(this.#active.length)]!;
    switch (this.strategy) {
      case "uniform":
        return anyone;
      case "priorities":
        if (this.#draws.below(PICKS_PER_CHANGE) === 0) {
          this.#priority[anyone] = this.#draws.below(2 ** 31);
          this.#first = undefined;
        }
        this.#first ??= this.#active.reduce((best, each) =>
          this.#priority[each]! > this.#priority[best]! ? each : best,
        );
        return this.#first;
      case "starve": {
        if (!this.#starved(anyone)) return anyone;
        const others = this.#active.filter((each) => !this.#starved(each));
        if (others.length === 0 && spared === "spared") return undefined;
        return others[this.#draws.below(others.length)] ?? anyone;
      }
      default:
        return this.strategy satisfies never;
    }
  }
}
