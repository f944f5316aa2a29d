// What follows from a list of ranks or slots, worked out once: a reader of atoms gives equal lists as one object.

export class OfList<T> {
  readonly #known = new Map<readonly number[], T>();

  of(list: readonly number[], make: () => T): T {
    const known = this.#known.get(list);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(list, made);
    return made;
  }
}
