// Readable, unique ids of a block's nodes. A variable's name goes to the node that computes it; whatever has no name
// of its own is called after its operator, with a number where that is taken.

export class NodeIds {
  readonly #taken = new Set<string>();

  /** `reserved`: names that nodes without a variable must leave alone. */
  constructor(reserved: Iterable<string>) {
    for (const name of reserved) this.#taken.add(name);
  }

  /** The id of the node that a variable names; the variable was reserved. */
  claim(variable: string): string {
    this.#taken.add(variable);
    return variable;
  }

  reserve(names: Iterable<string>): void {
    for (const name of names) this.#taken.add(name);
  }

  /** `wish`, or `wish_2`, `wish_3`, ... */
  fresh(wish: string): string {
    let id = wish;
    for (let number = 2; this.#taken.has(id); number += 1) id = `${wish}_${number}`;
    this.#taken.add(id);
    return id;
  }
}
