// Local search over host issue orders: a launch moves to another place in its stream's order wherever that shortens the cell's
// repetition. It ends where no single move helps, or after so many orders looked at.
import type { Task } from "./list-schedule.js";

/** Orders that are looked at for one cell. */
const MOST_ORDERS = 1000;
/** Improvements below this are rounding. */
const RELATIVE_GAIN = 1e-9;

/** The best order found from `start`; `cost` prices one. */
export function improveOrder(
  tasks: readonly Task[],
  start: readonly number[],
  cost: (order: readonly number[]) => number,
): readonly number[] {
  const followers = followersOf(tasks);
  let best = [...start];
  let bestCost = cost(best);
  let looked = 1;
  for (let improved = true; improved;) {
    improved = false;
    for (const index of [...best]) {
      for (const order of moves(tasks, followers, best, index)) {
        if (looked >= MOST_ORDERS) return best;
        looked++;
        const price = cost(order);
        if (price >= bestCost * (1 - RELATIVE_GAIN)) continue;
        best = order;
        bestCost = price;
        improved = true;
        break;
      }
    }
  }
  return best;
}

/** Orders in which one task stands right before another of its resource, or of the host, and all that it depends on stay before it. */
function* moves(
  tasks: readonly Task[],
  followers: readonly (readonly number[])[],
  order: readonly number[],
  index: number,
): Iterable<number[]> {
  const task = tasks[index]!;
  const at = order.indexOf(index);
  const position = new Map(order.map((each, place) => [each, place]));
  const first = Math.max(-1, ...task.after.map((each) => position.get(each)!)) + 1;
  const last = Math.min(order.length, ...followers[index]!.map((each) => position.get(each)!));
  const places: number[] = [];
  for (let place = first; place <= last; place++) {
    if (place === at || place === at + 1) continue;
    const there = tasks[order[place] ?? -1];
    if (there === undefined || there.resource === task.resource || there.blocksHost || task.blocksHost)
      places.push(place);
  }
  for (const place of places) {
    const without = order.filter((each) => each !== index);
    without.splice(place > at ? place - 1 : place, 0, index);
    yield without;
  }
}

function followersOf(tasks: readonly Task[]): readonly (readonly number[])[] {
  const followers: number[][] = tasks.map(() => []);
  tasks.forEach((task, index) => {
    for (const earlier of task.after) followers[earlier]!.push(index);
  });
  return followers;
}
