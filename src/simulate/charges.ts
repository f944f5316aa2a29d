// What a rank's step is charged to: at every instant to one thing that the rank does in it, the first of these that applies.
// So there is no overlap and no gap, and all charges add up to the step.
import { hostOf } from "./host.js";
import { READ, TRANSFER } from "./program.js";
import type { RankTimes } from "./simulate.js";

/** Microseconds of a step, by position in the host issue order of the rank's role. */
export interface Charges {
  /** Kernels run. Those that run at the same time share the GPU evenly, and are charged so. */
  readonly kernels: Float64Array;
  /** No kernel runs, and data of transfers moves; of several evenly. */
  readonly moves: Float64Array;
  /** Nothing runs or moves, and transfers wait for other ranks; several evenly. */
  readonly waits: Float64Array;
  /** Nothing of this, and the host waits for counts or reads them. */
  readonly reads: Float64Array;
  /** Nothing at all: the host has not issued what comes next. */
  readonly idleUs: number;
  /** The rank has ended, and slower ones have not. */
  readonly endedUs: number;
}

/** Something begins or ends to be done for a launch. */
interface Change {
  readonly us: number;
  readonly kind: number;
  readonly launch: number;
  readonly begins: boolean;
}

/** Charges a step that takes `stepUs`. */
export function chargesOf(times: RankTimes, stepUs: number): Charges {
  const { length } = times.starts;
  const empty = (): Float64Array => new Float64Array(length);
  const charges = { kernels: empty(), moves: empty(), waits: empty(), reads: empty() };
  const byKind = [charges.kernels, charges.moves, charges.waits, charges.reads];
  const running = byKind.map((): number[] => []);
  let idleUs = 0;
  let now = 0;
  for (const { us, kind, launch, begins } of changesOf(times)) {
    const first = running.findIndex((launches) => launches.length > 0);
    if (first < 0) idleUs += us - now;
    else {
      const launches = running[first]!;
      const each = (us - now) / launches.length;
      for (const at of launches) byKind[first]![at] = byKind[first]![at]! + each;
    }
    now = us;
    const launches = running[kind]!;
    if (begins) launches.push(launch);
    else launches.splice(launches.indexOf(launch), 1);
  }
  return { ...charges, idleUs, endedUs: stepUs - now };
}

/** In order of time. */
function changesOf(times: RankTimes): readonly Change[] {
  const changes: Change[] = [];
  const host = hostOf(times);
  times.role.program.kinds.forEach((kind, launch) => {
    const add = (as: number, start: number, end: number): void => {
      if (end > start)
        changes.push(
          { us: start, kind: as, launch, begins: true },
          { us: end, kind: as, launch, begins: false },
        );
    };
    const [start, move, end] = [times.starts[launch]!, times.moves[launch]!, times.ends[launch]!];
    if (kind === READ) add(3, host[launch]!.startUs, end);
    else if (kind === TRANSFER) {
      add(2, start, move);
      add(1, move, end);
    } else add(0, start, end);
  });
  return changes.sort((one, other) => one.us - other.us);
}
