// Who touched a run of bytes, some of them only the rows of a chunk: against which accesses a later one must be ordered.
// Accesses in a row that are of one use of an exchange are a run: there alone, different slots are different bytes.
import { covers } from "../plan/index.js";
import { touchOtherRows } from "./chunks.js";
import { writes, type Access } from "./facts.js";

/** An access of the launch at a place in host order, on a thread whose launches run in order. */
export interface Touch {
  readonly index: number;
  readonly thread: number;
  readonly access: Access;
}

const conflict = (one: Access, other: Access): boolean =>
  (writes(one) || writes(other)) && !touchOtherRows(one, other);

export class DividedBytes {
  /** The use of the latest run; undefined where its accesses touch all. */
  #use: string | undefined;
  #current: Touch[] = [];
  /** Of earlier runs, what no later write lies behind. */
  #older: Touch[] = [];

  /** Notes an access; gives those that must have finished before it, but for those that must before one of these. */
  touch(touch: Touch): readonly Touch[] {
    const { access, thread, index } = touch;
    const use = access.chunk?.use;
    if (use !== this.#use) {
      // Whoever conflicts with an older access comes behind every write of this run that does, too.
      const covered = (old: Touch): boolean =>
        this.#current.some((each) => writes(each.access) && conflict(each.access, old.access));
      this.#older = [...this.#older.filter((each) => !covered(each)), ...this.#current];
      this.#current = [];
      this.#use = use;
    }
    const before = [
      ...this.#older.filter((each) => writes(each.access) || writes(access)),
      ...this.#current.filter((each) => conflict(each.access, access)),
    ];
    const isBehind = (each: Touch): boolean =>
      touchesAllOf(access, each.access) &&
      (writes(access) || (!writes(each.access) && each.thread === thread));
    this.#current = [...this.#current.filter((each) => !isBehind(each)), touch];
    return before.filter((each) => each.index !== index);
  }
}

/** Whether an access of a run touches every row that another of it does. */
const touchesAllOf = (one: Access, other: Access): boolean =>
  one.chunk === undefined || (other.chunk !== undefined && covers(one.chunk.slots, other.chunk.slots));
