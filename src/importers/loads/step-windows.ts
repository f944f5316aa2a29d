// Steps folded to windows while they come in: windows are equal runs of steps, twice as long whenever there are too many of them,
// so memory stays small however many steps there are, and the order in which steps come does not matter.

/** Enough to tell a load that drifts from one that does not. */
export const MOST_WINDOWS = 64;

export class StepWindows<T> {
  #stride = 1;
  #windows = new Map<number, T>();

  /** `merge` adds the second of two neighbours to the first. */
  constructor(
    private readonly make: () => T,
    private readonly merge: (into: T, from: T) => void,
  ) {}

  /** What is kept of the window in which a step lies. */
  at(step: number): T {
    for (;;) {
      const key = Math.floor(step / this.#stride);
      const known = this.#windows.get(key);
      if (known !== undefined) return known;
      const made = this.make();
      this.#windows.set(key, made);
      if (this.#windows.size <= MOST_WINDOWS) return made;
      this.#fold();
    }
  }

  /** Steps of a window. */
  get stride(): number {
    return this.#stride;
  }

  /** Windows in the order of their steps, with the first and the last step that they may hold. */
  all(): readonly { readonly first: number; readonly last: number; readonly window: T }[] {
    return [...this.#windows]
      .sort(([one], [other]) => one - other)
      .map(([key, window]) => ({
        first: key * this.#stride,
        last: (key + 1) * this.#stride - 1,
        window,
      }));
  }

  #fold(): void {
    this.#stride *= 2;
    const folded = new Map<number, T>();
    for (const [key, window] of this.#windows) {
      const into = folded.get(Math.floor(key / 2));
      if (into === undefined) folded.set(Math.floor(key / 2), window);
      else this.merge(into, window);
    }
    this.#windows = folded;
  }
}
