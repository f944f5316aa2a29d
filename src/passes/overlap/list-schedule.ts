// List scheduling: of the launches that may run, each stream takes the one that a rule puts first. Several rules are tried.
// `critical_path`: the longest path of work behind it (Graham 1969; Kohler 1975).
// `stay`: one of the micro-batch and chunk that the stream worked on last, and only where there is none the longest path. Equal
// micro-batches then stay apart, so that one computes while the other travels; by the first rule they go in step.
// `first_batch`, `last_batch`: one of the first or last micro-batch, whose chain the others then fill the gaps of.

export interface Task {
  /** The stream that runs it; tasks of one resource exclude one another. */
  readonly resource: string;
  readonly duration_us: number;
  /** Indices of tasks that must have finished. */
  readonly after: readonly number[];
  /** The micro-batch that it belongs to, and the chunk: those of one are numbered behind those of the one before. */
  readonly thread: number;
  /** True for a wait of the host: nothing is issued between its start and its end, so it is issued last among what starts meanwhile. */
  readonly blocksHost: boolean;
}

export interface Scheduled {
  /** Start of each task, in microseconds. */
  readonly start_us: readonly number[];
  /** Indices in the order in which the host issues them. */
  readonly order: readonly number[];
  readonly makespan_us: number;
}

/** Longest path from the start of each task to the end of all. */
function criticalPaths(tasks: readonly Task[]): number[] {
  const paths = tasks.map((task) => task.duration_us);
  for (let index = tasks.length - 1; index >= 0; index--) {
    const task = tasks[index];
    if (task === undefined) continue;
    for (const before of task.after)
      paths[before] = Math.max(paths[before] ?? 0, (tasks[before]?.duration_us ?? 0) + (paths[index] ?? 0));
  }
  return paths;
}

export type Rule = "critical_path" | "stay" | "first_batch" | "last_batch";

export const rules: readonly Rule[] = ["stay", "critical_path", "first_batch", "last_batch"];

/** Schedules tasks that stand in topological order. Deterministic: ties go to the earlier task. */
export function listSchedule(tasks: readonly Task[], rule: Rule): Scheduled {
  const paths = criticalPaths(tasks);
  const start = new Array<number>(tasks.length).fill(-1);
  const finish = new Array<number>(tasks.length).fill(Infinity);
  const lastThread = new Map<string, number>();
  const before = (a: number, b: number, resource: string): boolean => {
    const last = lastThread.get(resource);
    const stays = (index: number): boolean => rule === "stay" && tasks[index]?.thread === last;
    if (stays(a) !== stays(b)) return stays(a);
    const [threadA, threadB] = [tasks[a]?.thread ?? 0, tasks[b]?.thread ?? 0];
    if (rule === "first_batch" && threadA !== threadB) return threadA < threadB;
    if (rule === "last_batch" && threadA !== threadB) return threadA > threadB;
    return (paths[a] ?? 0) > (paths[b] ?? 0);
  };
  const freeAt = new Map<string, number>(tasks.map((task) => [task.resource, 0]));
  let now = 0;
  let left = tasks.length;
  while (left > 0) {
    for (const [resource, free] of freeAt) {
      if (free > now) continue;
      let best = -1;
      for (let index = 0; index < tasks.length; index++) {
        const task = tasks[index];
        if (task === undefined || task.resource !== resource || (start[index] ?? -1) >= 0) continue;
        if (!task.after.every((earlier) => (finish[earlier] ?? Infinity) <= now)) continue;
        if (best < 0 || before(index, best, resource)) best = index;
      }
      if (best < 0) continue;
      start[best] = now;
      finish[best] = now + (tasks[best]?.duration_us ?? 0);
      freeAt.set(resource, finish[best] ?? now);
      lastThread.set(resource, tasks[best]?.thread ?? 0);
      left--;
    }
    if (left === 0) break;
    const next = nextTime(now, start, finish, freeAt);
    if (next > now) now = next;
  }
  const issued = tasks.map((task, index) => (task.blocksHost ? (finish[index] ?? 0) : (start[index] ?? 0)));
  const order = tasks.map((_, index) => index).sort((a, b) => (issued[a] ?? 0) - (issued[b] ?? 0) || a - b);
  return {
    start_us: start,
    order: repairOrder(order, tasks),
    makespan_us: Math.max(0, ...finish.filter(Number.isFinite)),
  };
}

/** The next moment at which a task ends. */
function nextTime(
  now: number,
  start: readonly number[],
  finish: readonly number[],
  freeAt: ReadonlyMap<string, number>,
): number {
  let next = Infinity;
  finish.forEach((time, index) => {
    if ((start[index] ?? -1) >= 0 && time > now) next = Math.min(next, time);
  });
  for (const time of freeAt.values()) if (time > now) next = Math.min(next, time);
  return Number.isFinite(next) ? next : now;
}

/** Moves tasks of zero duration behind what they depend on, where equal times put them before it. */
function repairOrder(order: readonly number[], tasks: readonly Task[]): number[] {
  const done = new Set<number>();
  const result: number[] = [];
  const visit = (index: number): void => {
    if (done.has(index)) return;
    done.add(index);
    for (const before of tasks[index]?.after ?? []) visit(before);
    result.push(index);
  };
  for (const index of order) visit(index);
  return result;
}
