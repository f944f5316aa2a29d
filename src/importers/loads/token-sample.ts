// An even sample of the tokens of a stream whose length nobody knows: every n-th token, with n doubled whenever the sample is
// full. The same tokens in the same order give the same sample.

const MOST_TOKENS = 8192;

export class TokenSample {
  #experts: Int32Array;
  #kept = 0;
  #seen = 0;
  #every = 1;

  constructor(private readonly topK: number) {
    this.#experts = new Int32Array(16 * topK);
  }

  add(experts: readonly number[]): void {
    if (this.#seen++ % this.#every !== 0) return;
    if (this.#kept === MOST_TOKENS) {
      this.#thin();
      // The token that found the sample full is kept where the coarser sample would have kept it.
      if ((this.#seen - 1) % this.#every !== 0) return;
    }
    if ((this.#kept + 1) * this.topK > this.#experts.length) this.#grow();
    this.#experts.set(experts, this.#kept * this.topK);
    this.#kept++;
  }

  /** Experts of the tokens kept, `topK` for each. */
  experts(): Int32Array {
    return this.#experts.slice(0, this.#kept * this.topK);
  }

  #thin(): void {
    this.#every *= 2;
    this.#kept = MOST_TOKENS / 2;
    for (let token = 0; token < this.#kept; token++) {
      const from = 2 * token * this.topK;
      this.#experts.copyWithin(token * this.topK, from, from + this.topK);
    }
  }

  #grow(): void {
    const larger = new Int32Array(Math.min(2 * this.#experts.length, MOST_TOKENS * this.topK));
    larger.set(this.#experts);
    this.#experts = larger;
  }
}
