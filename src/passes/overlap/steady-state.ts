// How long one repetition of a cell takes once many follow one another, for a given host issue order: streams run first in first
// out, launches wait for those that they depend on, in this repetition and in the one before, and the host issues nothing while
// it waits for counts.
import type { Task } from "./list-schedule.js";

export interface RepeatedTask extends Task {
  /** Indices of tasks of the repetition before that must have finished. */
  readonly afterPrevious: readonly number[];
}

/** Repetitions that are looked at: the first two fill the streams. */
const REPETITIONS = 4;
const FILLING = 2;

/** Gives the time of a repetition, in microseconds, for any order of the tasks that keeps each behind those it depends on. */
export function periodOf(
  tasks: readonly RepeatedTask[],
  repeats: boolean,
): (order: readonly number[]) => number {
  const resources = [...new Set(tasks.map((task) => task.resource))];
  const resourceOf = tasks.map((task) => resources.indexOf(task.resource));
  const durations = tasks.map((task) => task.duration_us);
  const repetitions = repeats ? REPETITIONS : 1;
  return (order) => {
    const free = new Float64Array(resources.length);
    let previous = new Float64Array(tasks.length);
    let current = new Float64Array(tasks.length);
    let host = 0;
    let filled = 0;
    let end = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      for (const index of order) {
        const task = tasks[index]!;
        let start = host;
        for (const earlier of task.after) if (current[earlier]! > start) start = current[earlier]!;
        if (repetition > 0)
          for (const earlier of task.afterPrevious)
            if (previous[earlier]! > start) start = previous[earlier]!;
        const resource = resourceOf[index]!;
        if (!task.blocksHost && free[resource]! > start) start = free[resource]!;
        const finish = start + durations[index]!;
        current[index] = finish;
        if (task.blocksHost) host = finish;
        else free[resource] = finish;
        if (finish > end) end = finish;
      }
      if (repetition === FILLING - 1) filled = end;
      [previous, current] = [current, previous];
    }
    return repeats ? (end - filled) / (REPETITIONS - FILLING) : end;
  };
}
