// Numbers that look random and are functions of a seed alone, the same on every machine. Not for cryptography.

/** 2^32 divided by the golden ratio: steps by it visit all 32-bit numbers, far apart. */
const GOLDEN = 0x9e3779b9;

/** Mixes the bits of a 32-bit number; one to one. Source: the finalizer of MurmurHash3. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A sequence of 32-bit numbers with random access, named by a seed and any text. */
export class Noise {
  readonly #start: number;
  readonly #key: number;

  constructor(seed: number, name: string) {
    let start = mix(seed);
    let key = mix(Math.floor(seed / 2 ** 32) ^ GOLDEN);
    for (let index = 0; index < name.length; index++) {
      start = mix(start ^ name.charCodeAt(index));
      key = mix(key + start);
    }
    this.#start = start;
    this.#key = key;
  }

  /** The number at `index`, in [0, 2^32). */
  bits(index: number): number {
    return mix(mix(Math.imul(index + 1, GOLDEN) + this.#start) ^ this.#key);
  }

  /** The first `count` numbers, uniform in [middle - spread, middle + spread). */
  uniform(count: number, middle: number, spread: number): Float32Array {
    const numbers = new Float32Array(count);
    for (let index = 0; index < count; index++)
      numbers[index] = middle + spread * (this.bits(index) / 2 ** 31 - 1);
    return numbers;
  }
}

/** A sequence that is drawn one by one. */
export class Draws {
  readonly #noise: Noise;
  #next = 0;

  constructor(seed: number, name: string) {
    this.#noise = new Noise(seed, name);
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor((this.#noise.bits(this.#next++) / 2 ** 32) * limit);
  }
}
