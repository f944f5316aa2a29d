// The event walk: executes the programs of some ranks in order of time. Hosts issue, streams are first in first out,
// communicators run their transfers in issue order, and a transfer's data moves once all ranks it ties together are there.
// Kernels of one rank share it evenly, whatever their streams; SMs that communicators hold are lost to them meanwhile.
import { InternalError } from "../diagnostics/internal-error.js";
import type { PriceTable } from "./prices.js";
import { COMPUTE, READ, TRANSFER, type RoleProgram } from "./program.js";
import { TimeQueue } from "./queue.js";

/** One rank to be walked. */
export interface Walker {
  readonly program: RoleProgram;
  readonly prices: PriceTable;
  /** Its column in the price table. */
  readonly column: number;
  /** For each launch, the meeting that a transfer belongs to; -1 for others. */
  readonly meetings: Int32Array;
  /** For each launch, SMs that a transfer holds. */
  readonly sms: Int32Array;
}

/** What happened on one rank; times in microseconds, by position in its issue order. */
export interface Walked {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** When a transfer's data began to move; before that it waited for other ranks. Equal to `starts` for others. */
  readonly moves: Float64Array;
  /** Time in which some kernel ran. */
  readonly computeUs: number;
  /** Time in which some transfer ran, waiting for other ranks included. */
  readonly communicationUs: number;
  /** Time in which a transfer and no kernel ran. */
  readonly exposedUs: number;
  /** Time in which the host waited for counts and nothing ran. */
  readonly hostWaitUs: number;
}

/** Thrown where launches wait for one another for ever. The verifier finds such plans first. */
export class StuckError extends InternalError {
  constructor(launch: string) {
    super(`the walk stopped before launch ${launch} could start`);
  }
}

const ISSUED = 0;
const KERNEL_DONE = 1;
const TRANSFER_DONE = 2;
const READ_REACHED = 3;
const READ_DONE = 4;

/** Walks all ranks from time 0. `meetingSizes`: how many of them take part in each meeting. */
export function walk(walkers: readonly Walker[], meetingSizes: Int32Array): readonly Walked[] {
  const queue = new TimeQueue();
  const ranks = walkers.map((walker, at) => new RankState(walker, at, queue));
  const missing = meetingSizes.slice();
  const present = Array.from({ length: meetingSizes.length }, (): RankLaunch[] => []);

  const arrive = (rank: RankState, launch: number, now: number): void => {
    const meeting = rank.walker.meetings[launch]!;
    present[meeting]!.push({ rank, launch });
    missing[meeting] = missing[meeting]! - 1;
    if (missing[meeting] > 0) return;
    for (const each of present[meeting]!) each.rank.move(each.launch, now);
  };

  for (const rank of ranks) rank.onArrival = arrive;
  for (const rank of ranks) rank.issueFrom(0, 0);
  while (queue.next()) {
    const rank = ranks[queue.what >> 3]!;
    rank.happen(queue.what & 7, queue.detail, queue.time);
  }
  return ranks.map((rank) => rank.result());
}

interface RankLaunch {
  readonly rank: RankState;
  readonly launch: number;
}

class RankState {
  onArrival: (rank: RankState, launch: number, now: number) => void = () => undefined;
  readonly #count: number;
  readonly #pending: Int32Array;
  readonly #issued: Float64Array;
  readonly #starts: Float64Array;
  readonly #moves: Float64Array;
  readonly #ends: Float64Array;
  /** Kernels that run: their launch, what is left of each in microseconds of the whole GPU, and their speed. */
  readonly #running: number[] = [];
  readonly #left: number[] = [];
  readonly #speed: number[] = [];
  #transfers = 0;
  #smsTaken = 0;
  #hostWaits = false;
  #unfinished: number;
  /** Which of the running kernels ends next, and which of the ends put into the queue is the valid one. */
  #nextToEnd = 0;
  #forecast = 0;
  #accounted = 0;
  #compute = 0;
  #communication = 0;
  #exposed = 0;
  #hostWait = 0;

  constructor(
    readonly walker: Walker,
    private readonly at: number,
    private readonly queue: TimeQueue,
  ) {
    this.#count = walker.program.kinds.length;
    this.#unfinished = this.#count;
    // One more than the launches waited for: the host must have issued it.
    this.#pending = walker.program.dependencies.map((each) => each + 1);
    this.#issued = new Float64Array(this.#count);
    this.#starts = new Float64Array(this.#count);
    this.#moves = new Float64Array(this.#count);
    this.#ends = new Float64Array(this.#count);
  }

  /** The host goes on at `now` with this launch and issues all up to the next read, at which it stops. */
  issueFrom(first: number, now: number): void {
    const { kinds, issueOffsets } = this.walker.program;
    for (let launch = first; launch < this.#count; launch++) {
      const time = now + issueOffsets[launch]!;
      this.#issued[launch] = time;
      if (kinds[launch] === READ) this.#push(time, READ_REACHED, launch);
      this.#satisfy(launch, now);
      if (kinds[launch] === READ) return;
    }
  }

  happen(what: number, detail: number, now: number): void {
    switch (what) {
      case ISSUED:
        this.#begin(detail, now);
        return;
      case KERNEL_DONE:
        if (detail === this.#forecast) this.#endKernel(now);
        return;
      case TRANSFER_DONE:
        this.#account(now);
        this.#transfers--;
        this.#takeSms(-this.walker.sms[detail]!, now);
        this.#finish(detail, now);
        return;
      case READ_REACHED:
        this.#account(now);
        this.#hostWaits = true;
        return;
      case READ_DONE:
        this.#account(now);
        this.#hostWaits = false;
        this.#finish(detail, now);
        this.issueFrom(detail + 1, now);
        return;
      default:
        throw new InternalError(`unknown happening ${String(what)}`);
    }
  }

  /** All ranks of a transfer are there: its data moves. */
  move(launch: number, now: number): void {
    this.#moves[launch] = now;
    this.#push(now + this.#time(launch), TRANSFER_DONE, launch);
  }

  result(): Walked {
    if (this.#unfinished > 0) {
      const stuck = this.#ends.findIndex((_, launch) => this.#pending[launch]! > 0);
      throw new StuckError(this.walker.program.launches[Math.max(0, stuck)]?.launch.id ?? "?");
    }
    return {
      starts: this.#starts,
      ends: this.#ends,
      moves: this.#moves,
      computeUs: this.#compute,
      communicationUs: this.#communication,
      exposedUs: this.#exposed,
      hostWaitUs: this.#hostWait,
    };
  }

  #push(time: number, what: number, detail: number): void {
    this.queue.push(time, this.at * 8 + what, detail);
  }

  #priced = (launch: number): number =>
    this.walker.prices.rowOf[launch]! * this.walker.prices.columns + this.walker.column;
  #time = (launch: number): number => this.walker.prices.times[this.#priced(launch)]!;

  /** One thing that the launch waited for has come. */
  #satisfy(launch: number, now: number): void {
    const pending = this.#pending[launch]! - 1;
    this.#pending[launch] = pending;
    if (pending > 0) return;
    const issued = this.#issued[launch]!;
    if (issued > now) this.#push(issued, ISSUED, launch);
    else this.#begin(launch, now);
  }

  #begin(launch: number, now: number): void {
    this.#starts[launch] = now;
    this.#moves[launch] = now;
    switch (this.walker.program.kinds[launch]) {
      case COMPUTE:
        this.#account(now);
        this.#running.push(launch);
        this.#left.push(this.#time(launch));
        this.#speed.push(0);
        this.#forecastEnd(now);
        return;
      case TRANSFER:
        this.#account(now);
        this.#transfers++;
        this.#takeSms(this.walker.sms[launch]!, now);
        this.onArrival(this, launch, now);
        return;
      default:
        this.#push(now + this.#time(launch), READ_DONE, launch);
    }
  }

  #endKernel(now: number): void {
    this.#account(now);
    const ended = this.#nextToEnd;
    const launch = this.#running[ended]!;
    this.#running.splice(ended, 1);
    this.#left.splice(ended, 1);
    this.#speed.splice(ended, 1);
    this.#forecastEnd(now);
    this.#finish(launch, now);
  }

  #finish(launch: number, now: number): void {
    this.#ends[launch] = now;
    this.#unfinished--;
    const { successorBegin, successors } = this.walker.program;
    const end = successorBegin[launch + 1]!;
    for (let edge = successorBegin[launch]!; edge < end; edge++) this.#satisfy(successors[edge]!, now);
  }

  #takeSms(sms: number, now: number): void {
    if (sms === 0) return;
    this.#smsTaken += sms;
    this.#forecastEnd(now);
  }

  /** New speeds of the running kernels, and the first end among them. */
  #forecastEnd(now: number): void {
    this.#forecast++;
    const { levels, speeds } = this.walker.prices;
    const level = this.#smsTaken === 0 ? 0 : levels.indexOf(this.#smsTaken);
    let soonest = Infinity;
    for (let each = 0; each < this.#running.length; each++) {
      const alone = speeds[this.#priced(this.#running[each]!) * levels.length + level]!;
      const speed = alone / this.#running.length;
      this.#speed[each] = speed;
      const end = now + Math.max(0, this.#left[each]!) / speed;
      if (end >= soonest) continue;
      soonest = end;
      this.#nextToEnd = each;
    }
    if (soonest < Infinity) this.#push(soonest, KERNEL_DONE, this.#forecast);
  }

  /** Books the time since the last change; called before every change of what runs. */
  #account(now: number): void {
    const passed = now - this.#accounted;
    this.#accounted = now;
    if (passed === 0) return;
    const kernels = this.#running.length;
    for (let each = 0; each < kernels; each++) this.#left[each]! -= passed * this.#speed[each]!;
    if (kernels > 0) this.#compute += passed;
    if (this.#transfers > 0) this.#communication += passed;
    if (kernels === 0 && this.#transfers > 0) this.#exposed += passed;
    if (kernels === 0 && this.#transfers === 0 && this.#hostWaits) this.#hostWait += passed;
  }
}
