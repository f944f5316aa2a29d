// How long one repetition of a cell takes once many follow one another, for a given host issue order: streams run first in first
// out, launches wait for those that they depend on, in this repetition and in the one before, and the host issues nothing while
// it waits for counts.
import type { Task } from "./list-schedule.js";

export interface RepeatedTask extends Task {
  /** Indices of tasks of the repetition before that must have finished. */
  readonly afterPrevious: readonly number[];
}

/**
 * The time of a repetition in an order of the tasks that keeps each behind those it depends on, in microseconds. An order that
 * takes `limit` or longer may be given up on: the result is then `limit` or more, and no more than the order's time.
 */
export type Period = (order: ArrayLike<number>, limit?: number) => number;

/** Repetitions that are looked at: the first two fill the streams. */
const REPETITIONS = 4;
const FILLING = 2;

/** Gives the time of a repetition for any order of the tasks. */
export function periodOf(tasks: readonly RepeatedTask[], repeats: boolean): Period {
  const resources = [...new Set(tasks.map((task) => task.resource))];
  const resourceOf = Int32Array.from(tasks, (task) => resources.indexOf(task.resource));
  const durations = Float64Array.from(tasks, (task) => task.duration_us);
  const blocksHost = Uint8Array.from(tasks, (task) => Number(task.blocksHost));
  const own = flat(tasks.map((task) => task.after));
  const others = flat(tasks.map((task) => task.afterPrevious));
  const free = new Float64Array(resources.length);
  const buffers = [new Float64Array(tasks.length), new Float64Array(tasks.length)] as const;
  const repetitions = repeats ? REPETITIONS : 1;
  const counted = repeats ? REPETITIONS - FILLING : 1;
  return (order, limit = Infinity) => {
    free.fill(0);
    let [previous, current]: readonly Float64Array[] = buffers;
    let host = 0;
    let filled = 0;
    let end = 0;
    let latest = repeats ? Infinity : limit;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      for (let at = 0; at < order.length; at++) {
        const index = order[at]!;
        let start = host;
        for (let edge = own.begin[index]!; edge < own.begin[index + 1]!; edge++) {
          const finish = current[own.to[edge]!]!;
          if (finish > start) start = finish;
        }
        if (repetition > 0)
          for (let edge = others.begin[index]!; edge < others.begin[index + 1]!; edge++) {
            const finish = previous[others.to[edge]!]!;
            if (finish > start) start = finish;
          }
        const resource = resourceOf[index]!;
        if (blocksHost[index] === 0 && free[resource]! > start) start = free[resource]!;
        const finish = start + durations[index]!;
        current[index] = finish;
        if (blocksHost[index] === 1) host = finish;
        else free[resource] = finish;
        if (finish > end) {
          end = finish;
          if (end >= latest) return (end - filled) / counted;
        }
      }
      if (repetition === FILLING - 1) {
        filled = end;
        latest = filled + limit * counted;
      }
      [previous, current] = [current, previous];
    }
    return (end - filled) / counted;
  };
}

/** Lists one after the other: the entries of list i are `to[begin[i]]` to `to[begin[i + 1] - 1]`. */
function flat(lists: readonly (readonly number[])[]): {
  readonly begin: Int32Array;
  readonly to: Int32Array;
} {
  const begin = new Int32Array(lists.length + 1);
  lists.forEach((list, index) => (begin[index + 1] = begin[index]! + list.length));
  return { begin, to: Int32Array.from(lists.flat()) };
}
