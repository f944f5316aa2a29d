// Where the time of a rank's step goes: every moment is booked once, on the first of these that applies. Sums to the step.
import { hostOf, READ, TRANSFER, type RankTimes } from "../simulate/index.js";

/** Microseconds of a step, by what the rank does. */
export interface StepAccount {
  /** Some kernel runs. */
  readonly computes_us: number;
  /** No kernel runs, and the data of some transfer moves. */
  readonly moves_us: number;
  /** Nothing runs or moves, and some transfer waits for other ranks. */
  readonly waits_for_ranks_us: number;
  /** Nothing of this; the host waits for counts or reads them. */
  readonly waits_for_counts_us: number;
  /** Nothing at all: the host has not issued what comes next, or the rank has ended before the slowest. */
  readonly idles_us: number;
}

/** Something that begins or ends, of one of the kinds above. */
interface Change {
  readonly us: number;
  readonly kind: 0 | 1 | 2 | 3;
  readonly by: 1 | -1;
}

/** Books the time from `fromUs` to `toUs`. */
export class Booking {
  readonly #changes: Change[] = [];

  constructor(times: RankTimes) {
    const { kinds } = times.role.program;
    const host = hostOf(times);
    kinds.forEach((kind, at) => {
      const [start, move, end] = [times.starts[at]!, times.moves[at]!, times.ends[at]!];
      if (kind === READ) this.#add(3, host[at]!.startUs, end);
      else if (kind === TRANSFER) {
        this.#add(2, start, move);
        this.#add(1, move, end);
      } else this.#add(0, start, end);
    });
    this.#changes.sort((one, other) => one.us - other.us);
  }

  #add(kind: Change["kind"], start: number, end: number): void {
    if (end > start) this.#changes.push({ us: start, kind, by: 1 }, { us: end, kind, by: -1 });
  }

  /** What the rank does in intervals that follow one another, each [from, to) in microseconds. */
  accounts(intervals: readonly (readonly [number, number])[]): readonly StepAccount[] {
    const running = [0, 0, 0, 0];
    let next = 0;
    const pass = (until: number): void => {
      for (; next < this.#changes.length && this.#changes[next]!.us <= until; next++) {
        const { kind, by } = this.#changes[next]!;
        running[kind] = running[kind]! + by;
      }
    };
    return intervals.map(([from, to]) => {
      const booked = [0, 0, 0, 0, 0];
      let now = from;
      pass(from);
      while (now < to) {
        const until = Math.min(to, this.#changes[next]?.us ?? to);
        const first = running.findIndex((count) => count > 0);
        const kind = first < 0 ? 4 : first;
        booked[kind] = booked[kind]! + until - now;
        now = until;
        pass(now);
      }
      const [computes, moves, ranks, counts, idles] = booked as [number, number, number, number, number];
      return {
        computes_us: computes,
        moves_us: moves,
        waits_for_ranks_us: ranks,
        waits_for_counts_us: counts,
        idles_us: idles,
      };
    });
  }
}

/** The account of a whole step that takes `stepUs`. */
export function stepAccount(times: RankTimes, stepUs: number): StepAccount {
  return new Booking(times).accounts([[0, stepUs]])[0]!;
}
