// Local search over host issue orders: a launch moves to another place in its stream's order wherever that shortens the cell's
// repetition. It ends where no single move helps, or after so many orders looked at.
import type { Task } from "./list-schedule.js";
import type { Period } from "./steady-state.js";

/** Orders that are looked at for one cell. */
const MOST_ORDERS = 1000;
/** Improvements below this are rounding. */
const RELATIVE_GAIN = 1e-9;

/** The best order found from `start`; `cost` prices one, and one that costs `enough` or less ends the search. */
export function improveOrder(
  tasks: readonly Task[],
  start: readonly number[],
  cost: Period,
  enough = 0,
): readonly number[] {
  const followers = followersOf(tasks);
  const order = Int32Array.from(start);
  const position = new Int32Array(order.length);
  const note = (): void => order.forEach((index, place) => (position[index] = place));
  note();
  let best = cost(order);
  let looked = 1;
  for (let improved = true; improved;) {
    improved = false;
    for (const index of order.slice()) {
      const task = tasks[index]!;
      const at = position[index]!;
      let first = 0;
      for (const earlier of task.after) first = Math.max(first, position[earlier]! + 1);
      let last = order.length;
      for (const later of followers[index]!) last = Math.min(last, position[later]!);
      for (let place = first; place <= last; place++) {
        if (place === at || place === at + 1 || !matters(task, tasks[order[place] ?? -1])) continue;
        if (looked >= MOST_ORDERS || best <= enough) return [...order];
        looked++;
        const to = place > at ? place - 1 : place;
        move(order, at, to);
        const limit = best * (1 - RELATIVE_GAIN);
        const price = cost(order, limit);
        if (price < limit) {
          best = price;
          improved = true;
          note();
          break;
        }
        move(order, to, at);
      }
    }
  }
  return [...order];
}

/** Whether it makes a difference that a task stands right before another: they share a resource, or one keeps the host. */
const matters = (task: Task, there: Task | undefined): boolean =>
  there === undefined || there.resource === task.resource || there.blocksHost || task.blocksHost;

/** Takes what stands at one place to another; what lies between makes room. */
function move(order: Int32Array, from: number, to: number): void {
  const moved = order[from]!;
  if (from < to) order.copyWithin(from, from + 1, to + 1);
  else order.copyWithin(to + 1, to, from);
  order[to] = moved;
}

function followersOf(tasks: readonly Task[]): readonly (readonly number[])[] {
  const followers: number[][] = tasks.map(() => []);
  tasks.forEach((task, index) => {
    for (const earlier of task.after) followers[earlier]!.push(index);
  });
  return followers;
}
