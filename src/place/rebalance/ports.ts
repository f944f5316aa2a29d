// What the ports of the GPUs have to send and to receive while experts move.
import type { PlaceProblem } from "../problem.js";

export class Ports {
  /** [gpu] microseconds within its node and between nodes, for each direction. */
  readonly #sent: { readonly fast: Float64Array; readonly slow: Float64Array };
  readonly #received: { readonly fast: Float64Array; readonly slow: Float64Array };
  readonly #problem: PlaceProblem;

  constructor(problem: PlaceProblem) {
    const gpus = problem.gpus.slots.length;
    const none = (): Float64Array => new Float64Array(gpus);
    this.#problem = problem;
    this.#sent = { fast: none(), slow: none() };
    this.#received = { fast: none(), slow: none() };
  }

  /** Of GPUs that hold an expert the one to copy it from: of the same node where one is, and which has sent least. Counts its copy. */
  copy(holders: readonly number[], to: number): number {
    const { gpus, prices } = this.#problem;
    const isNear = (gpu: number): boolean => gpus.nodeOf[gpu] === gpus.nodeOf[to];
    const near = holders.filter(isNear);
    const tier = near.length > 0 ? "fast" : "slow";
    const among = near.length > 0 ? near : holders;
    const from = among.reduce((best, gpu) => (this.#sent[tier][gpu]! < this.#sent[tier][best]! ? gpu : best));
    const us = prices.expertBytes / (tier === "fast" ? prices.fastRate : prices.slowRate);
    this.#sent[tier][from]! += us;
    this.#received[tier][to]! += us;
    return from;
  }

  /** Microseconds of the port and direction that has most, were all copies made at once. */
  get busiestUs(): number {
    return [this.#sent, this.#received]
      .flatMap(({ fast, slow }) => [...fast, ...slow])
      .reduce((most, each) => Math.max(most, each), 0);
  }
}
