// What pricing has worked out and may need again: for another launch, layer or plan. Keys are compared by identity, so plans
// share what they have in common, as the candidates of one compile do. One memo lives as long as whoever compares the plans.

/** Values by what they were made from. */
export class Memo<T> {
  readonly #root = new Map<unknown, unknown>();

  /** The value for these keys, made where it is not known. All uses of a memo have equally many keys. */
  of(keys: readonly [unknown, ...unknown[]], make: () => T): T {
    let level = this.#root;
    const last = keys.length - 1;
    for (let at = 0; at < last; at++) {
      let next = level.get(keys[at]) as Map<unknown, unknown> | undefined;
      if (next === undefined) level.set(keys[at], (next = new Map()));
      level = next;
    }
    const known = level.get(keys[last]) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    level.set(keys[last], made);
    return made;
  }
}
