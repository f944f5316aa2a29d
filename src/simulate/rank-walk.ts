// One rank in the event walk. Its host issues, its streams are first in first out, its communicators run their transfers in
// issue order. Kernels share the GPU evenly, whatever their streams, and lose the SMs that transfers hold, waiting ones too.
// Kernels and transfers that move slow each other down. How data moves is a carrier's matter.
import { kernelSlowdown, transferSlowdown } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import type { PriceTable } from "./prices.js";
import { COMPUTE, READ, TRANSFER, type RoleProgram } from "./program.js";
import type { TimeQueue } from "./queue.js";
import { FairShare } from "./sharing.js";

/** One rank to be walked. */
export interface Walker {
  readonly program: RoleProgram;
  readonly prices: PriceTable;
  /** Its column in the price table. */
  readonly column: number;
  /** For each launch, the meeting that a transfer belongs to; -1 for others. */
  readonly meetings: Int32Array;
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
    super(`the walk stopped before launch ${launch} had ended`);
  }
}

/** Moves the data of transfers. */
export interface Carrier {
  /** A rank has reached a transfer. Its data moves once all ranks have that it ties together. */
  arrive(rank: RankWalk, launch: number, now: number): void;
  /** From now on a rank's transfers take `rank.slowdown` times as long. */
  slow(rank: RankWalk, now: number): void;
  /** What the carrier has announced by `rank.forecast` comes. */
  forecastComes(rank: RankWalk, detail: number, now: number): void;
}

/** What can happen to a rank: a launch is issued, a forecast end comes, the host reaches or ends a read of counts. */
const ISSUED = 0;
const KERNEL_ENDS = 1;
const TRANSFER_FORECAST = 2;
const READ_REACHED = 3;
const READ_ENDS = 4;
const KINDS = 8;

export class RankWalk {
  readonly #pending: Int32Array;
  readonly #issued: Float64Array;
  readonly #starts: Float64Array;
  readonly #moves: Float64Array;
  readonly #ends: Float64Array;
  readonly #kernels = new FairShare((launch) => this.#kernelSpeed(launch));
  /** Sum of the kernels' shares of the memory bandwidth. */
  #memory = 0;
  /** Transfers that move or wait for other ranks, and those that move. */
  #transfers = 0;
  #moving = 0;
  #smsTaken = 0;
  /** Index of `#smsTaken` among the price table's levels. */
  #level = 0;
  /** What kernels and transfers reckon with: whether transfers move, and how many times as long they take. */
  #besideTransfers = false;
  #slowdown = 1;
  #hostWaits = false;
  #unfinished: number;
  #accounted = 0;
  #compute = 0;
  #communication = 0;
  #exposed = 0;
  #hostWait = 0;

  constructor(
    readonly walker: Walker,
    /** Its number among the walked ranks. */
    readonly at: number,
    private readonly queue: TimeQueue,
    private readonly carrier: Carrier,
  ) {
    const count = walker.program.launches.length;
    this.#unfinished = count;
    // One more than the launches waited for: the host must have issued it.
    this.#pending = walker.program.dependencies.map((each) => each + 1);
    this.#issued = new Float64Array(count);
    this.#starts = new Float64Array(count);
    this.#moves = new Float64Array(count);
    this.#ends = new Float64Array(count).fill(-1);
  }

  /** The rank that a happening in the queue is for. */
  static rankOf = (what: number): number => Math.floor(what / KINDS);

  /** The host goes on at `now` with this launch and issues all up to the next read, at which it stops. */
  issueFrom(first: number, now: number): void {
    const { kinds, issueOffsets } = this.walker.program;
    for (let launch = first; launch < kinds.length; launch++) {
      const time = now + issueOffsets[launch]!;
      this.#issued[launch] = time;
      if (kinds[launch] === READ) this.#push(time, READ_REACHED, launch);
      this.#satisfy(launch, now);
      if (kinds[launch] === READ) return;
    }
  }

  happen(what: number, detail: number, now: number): void {
    this.#happen(what, detail, now);
    this.#contend(now);
  }

  #happen(what: number, detail: number, now: number): void {
    switch (what % KINDS) {
      case ISSUED:
        this.#begin(detail, now);
        return;
      case KERNEL_ENDS:
        if (detail === this.#kernels.forecast) this.#endKernel(now);
        return;
      case TRANSFER_FORECAST:
        this.carrier.forecastComes(this, detail, now);
        return;
      case READ_REACHED:
        this.#account(now);
        this.#hostWaits = true;
        return;
      case READ_ENDS:
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
    this.#account(now);
    this.#moves[launch] = now;
    this.#moving++;
    this.#contend(now);
  }

  /** The carrier has moved a transfer's data. */
  endTransfer(launch: number, now: number): void {
    this.#account(now);
    this.#transfers--;
    this.#moving--;
    this.#takeSms(-this.walker.program.sms[launch]!, now);
    this.#finish(launch, now);
    this.#contend(now);
  }

  /** Announces a forecast of the carrier's. */
  forecast(time: number, detail: number): void {
    this.#push(time, TRANSFER_FORECAST, detail);
  }

  /** Microseconds that a launch takes alone. */
  timeOf(launch: number): number {
    return this.walker.prices.times[this.#priced(launch)]!;
  }

  /** How many times as long its transfers take because of its kernels. */
  get slowdown(): number {
    return this.#slowdown;
  }

  /** Launches that have not ended. */
  get unfinished(): number {
    return this.#unfinished;
  }

  result(): Walked {
    if (this.#unfinished > 0)
      throw new StuckError(this.walker.program.launches[this.#ends.indexOf(-1)]!.launch.id);
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
    this.queue.push(time, this.at * KINDS + what, detail);
  }

  #priced(launch: number): number {
    return this.walker.prices.rowOf[launch]! * this.walker.prices.columns + this.walker.column;
  }

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
    switch (this.walker.program.kinds[launch]!) {
      case COMPUTE:
        this.#account(now);
        this.#kernels.add(launch, this.timeOf(launch));
        this.#memory += this.#memoryOf(launch);
        this.#forecastKernels(now);
        return;
      case TRANSFER:
        this.#account(now);
        this.#transfers++;
        this.#takeSms(this.walker.program.sms[launch]!, now);
        this.carrier.arrive(this, launch, now);
        return;
      default:
        this.#push(now + this.timeOf(launch), READ_ENDS, launch);
    }
  }

  #endKernel(now: number): void {
    this.#account(now);
    const launch = this.#kernels.takeEnded();
    // Nothing runs: what rounding has left of the sum is dropped.
    this.#memory = this.#kernels.size === 0 ? 0 : this.#memory - this.#memoryOf(launch);
    this.#forecastKernels(now);
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
    this.#level = this.walker.prices.levels.indexOf(this.#smsTaken);
    this.#forecastKernels(now);
  }

  #kernelSpeed(launch: number): number {
    const { levels, speeds, memory, parameters } = this.walker.prices;
    const priced = this.#priced(launch);
    const speed = speeds[priced * levels.length + this.#level]!;
    return this.#besideTransfers ? speed / kernelSlowdown(memory[priced]!, parameters) : speed;
  }

  #memoryOf(launch: number): number {
    return this.walker.prices.memory[this.#priced(launch)]!;
  }

  /** Kernels and transfers reckon with each other as they are now. */
  #contend(now: number): void {
    const beside = this.#moving > 0;
    if (beside !== this.#besideTransfers) {
      this.#account(now);
      this.#besideTransfers = beside;
      this.#forecastKernels(now);
    }
    if (!beside) return;
    const kernels = this.#kernels.size;
    // Kernels share the GPU evenly, so each needs its share of the memory for its share of the time.
    const slowdown =
      kernels === 0 ? 1 : transferSlowdown(this.#memory / kernels, this.walker.prices.parameters);
    if (slowdown === this.#slowdown) return;
    this.#slowdown = slowdown;
    this.carrier.slow(this, now);
  }

  #forecastKernels(now: number): void {
    const end = this.#kernels.forecastEnd(now);
    if (end < Infinity) this.#push(end, KERNEL_ENDS, this.#kernels.forecast);
  }

  /** Books the time since the last change; called before every change of what runs. */
  #account(now: number): void {
    const passed = now - this.#accounted;
    this.#accounted = now;
    if (passed === 0) return;
    const computes = this.#kernels.size > 0;
    this.#kernels.advance(now);
    if (computes) this.#compute += passed;
    if (this.#transfers > 0) this.#communication += passed;
    if (!computes && this.#transfers > 0) this.#exposed += passed;
    if (!computes && this.#transfers === 0 && this.#hostWaits) this.#hostWait += passed;
  }
}
