// Many small priority queues over one set of nodes, each node in one of them at most: pairing heaps, linked by typed arrays.
// Adding is constant, removing any node logarithmic (amortised), and nothing is allocated.
import { widened } from "./widen.js";

/** No node: the root of an empty heap. */
export const NONE = -1;

export class Heaps {
  /** By node: smallest first. */
  keys = new Float64Array(0);
  /** First child, next sibling, and previous sibling or, of a first child, its parent. */
  #child = new Int32Array(0);
  #next = new Int32Array(0);
  #previous = new Int32Array(0);

  /** Makes room for nodes 0 to `count` - 1. */
  reserve(count: number): void {
    this.keys = widened(this.keys, count);
    this.#child = widened(this.#child, count);
    this.#next = widened(this.#next, count);
    this.#previous = widened(this.#previous, count);
  }

  /** Adds a node to the heap with this root; returns the new root. */
  add(root: number, node: number, key: number): number {
    this.keys[node] = key;
    this.#child[node] = NONE;
    this.#next[node] = NONE;
    this.#previous[node] = NONE;
    return root === NONE ? node : this.#meld(root, node);
  }

  /** Takes a node out of the heap with this root; returns the new root. */
  remove(root: number, node: number): number {
    const rest = this.#meldSiblings(this.#child[node]!);
    if (node === root) return rest;
    const before = this.#previous[node]!;
    const after = this.#next[node]!;
    if (this.#child[before] === node) this.#child[before] = after;
    else this.#next[before] = after;
    if (after !== NONE) this.#previous[after] = before;
    return rest === NONE ? root : this.#meld(root, rest);
  }

  /** Of two roots the smaller one, the first where they are equal, becomes the other's parent. */
  #meld(one: number, other: number): number {
    const swap = this.keys[other]! < this.keys[one]!;
    const parent = swap ? other : one;
    const child = swap ? one : other;
    const first = this.#child[parent]!;
    this.#next[child] = first;
    if (first !== NONE) this.#previous[first] = child;
    this.#previous[child] = parent;
    this.#child[parent] = child;
    return parent;
  }

  /** One heap of a list of siblings: melded in pairs from the left, and the pairs from the right. */
  #meldSiblings(first: number): number {
    let pairs = NONE;
    for (let left = first; left !== NONE;) {
      const right = this.#next[left]!;
      const rest = right === NONE ? NONE : this.#next[right]!;
      this.#next[left] = NONE;
      this.#previous[left] = NONE;
      if (right !== NONE) {
        this.#next[right] = NONE;
        this.#previous[right] = NONE;
      }
      const pair = right === NONE ? left : this.#meld(left, right);
      // Roots have no siblings: the list of pairs is linked by the same array.
      this.#next[pair] = pairs;
      pairs = pair;
      left = rest;
    }
    let melded = NONE;
    for (let pair = pairs; pair !== NONE;) {
      const rest = this.#next[pair]!;
      this.#next[pair] = NONE;
      melded = melded === NONE ? pair : this.#meld(melded, pair);
      pair = rest;
    }
    return melded;
  }
}
