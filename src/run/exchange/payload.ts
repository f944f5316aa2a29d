// What rows hold: bits of a token in a dispatch, whole numbers as f32 in a combine, so that sums are exact in any order. Functions
// of the data seed and of what they belong to.
import type { ExchangePlan, Routing } from "../../exchange-plan/index.js";
import { POISON } from "../backend.js";
import { Noise } from "../random.js";

/** Whole numbers below this, and sums of such, are exact in f32. */
const EXACT = 2 ** 24;

export class Payload {
  readonly #seed: number;
  readonly #rowWords: number;
  /** Numbers are in [-limit, limit). */
  readonly #limit: number;

  constructor(routing: Routing, seed: number, rowWords: number) {
    this.#seed = seed;
    this.#rowWords = rowWords;
    const most = routing.reduce(
      (max, tokens) => tokens.reduce((most, { length }) => Math.max(most, length), max),
      1,
    );
    this.#limit = Math.floor(EXACT / most / 2);
  }

  /** What a rank has before the exchange: its tokens, or (combine) what it gives back for each of so many rows. */
  inputOf(rank: number, rows: number, direction: ExchangePlan["direction"]): Uint32Array {
    const noise = new Noise(this.#seed, `exchange ${direction} ${rank}`);
    const words = new Uint32Array(rows * this.#rowWords);
    if (direction === "dispatch") {
      for (let at = 0; at < words.length; at++) words[at] = withoutPoison(noise.bits(at));
    } else {
      const numbers = new Float32Array(words.buffer);
      const count = 2 * this.#limit;
      for (let at = 0; at < numbers.length; at++) numbers[at] = (noise.bits(at) % count) - this.#limit;
    }
    return words;
  }
}

const withoutPoison = (word: number): number => (word === POISON ? 0 : word);
