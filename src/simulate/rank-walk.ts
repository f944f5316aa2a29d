// One rank in the event walk. Its host issues, its streams are first in first out, its communicators run their transfers in
// issue order. Kernels share the GPU evenly, whatever their streams, and lose the SMs that transfers hold, waiting ones too;
// transfers that move share the ports that they have in common evenly (a simplification: the link model prices each alone).
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

/** What can happen to a rank: a launch is issued, a forecast end comes, the host reaches or ends a read of counts. */
const ISSUED = 0;
const KERNEL_ENDS = 1;
const TRANSFER_ENDS = 2;
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
  /** By set of ports. */
  readonly #moving: readonly FairShare[];
  /** Transfers that move or wait for other ranks. */
  #transfers = 0;
  #smsTaken = 0;
  /** Index of `#smsTaken` among the price table's levels. */
  #level = 0;
  #hostWaits = false;
  #unfinished: number;
  #accounted = 0;
  #compute = 0;
  #communication = 0;
  #exposed = 0;
  #hostWait = 0;

  constructor(
    readonly walker: Walker,
    private readonly at: number,
    private readonly queue: TimeQueue,
    private readonly arrive: (rank: RankWalk, launch: number, now: number) => void,
  ) {
    const count = walker.program.launches.length;
    this.#moving = Array.from({ length: walker.prices.ports.count }, () => new FairShare(() => 1));
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
    switch (what % KINDS) {
      case ISSUED:
        this.#begin(detail, now);
        return;
      case KERNEL_ENDS:
        if (detail === this.#kernels.forecast) this.#endKernel(now);
        return;
      case TRANSFER_ENDS:
        this.#transferForecastComes(detail, now);
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
    const ports = this.walker.prices.ports.of[launch]!;
    this.#moving[ports]!.add(launch, this.#time(launch));
    this.#forecastTransfers(ports, now);
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

  #time(launch: number): number {
    return this.walker.prices.times[this.#priced(launch)]!;
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
        this.#kernels.add(launch, this.#time(launch));
        this.#forecastKernels(now);
        return;
      case TRANSFER:
        this.#account(now);
        this.#transfers++;
        this.#takeSms(this.walker.program.sms[launch]!, now);
        this.arrive(this, launch, now);
        return;
      default:
        this.#push(now + this.#time(launch), READ_ENDS, launch);
    }
  }

  #endKernel(now: number): void {
    this.#account(now);
    const launch = this.#kernels.takeEnded();
    this.#forecastKernels(now);
    this.#finish(launch, now);
  }

  /** `detail`: a forecast of a set of ports, see `#forecastTransfers`. */
  #transferForecastComes(detail: number, now: number): void {
    const ports = detail % this.#moving.length;
    const moving = this.#moving[ports]!;
    if (Math.floor(detail / this.#moving.length) === moving.forecast) this.#endTransfer(moving, ports, now);
  }

  #endTransfer(moving: FairShare, ports: number, now: number): void {
    this.#account(now);
    const launch = moving.takeEnded();
    this.#transfers--;
    this.#forecastTransfers(ports, now);
    this.#takeSms(-this.walker.program.sms[launch]!, now);
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
    const { levels, speeds } = this.walker.prices;
    return speeds[this.#priced(launch) * levels.length + this.#level]!;
  }

  #forecastKernels(now: number): void {
    const end = this.#kernels.forecastEnd(now);
    if (end < Infinity) this.#push(end, KERNEL_ENDS, this.#kernels.forecast);
  }

  #forecastTransfers(ports: number, now: number): void {
    const moving = this.#moving[ports]!;
    const end = moving.forecastEnd(now);
    if (end < Infinity) this.#push(end, TRANSFER_ENDS, moving.forecast * this.#moving.length + ports);
  }

  /** Books the time since the last change; called before every change of what runs. */
  #account(now: number): void {
    const passed = now - this.#accounted;
    this.#accounted = now;
    if (passed === 0) return;
    const computes = this.#kernels.size > 0;
    this.#kernels.advance(passed);
    for (const moving of this.#moving) moving.advance(passed);
    if (computes) this.#compute += passed;
    if (this.#transfers > 0) this.#communication += passed;
    if (!computes && this.#transfers > 0) this.#exposed += passed;
    if (!computes && this.#transfers === 0 && this.#hostWaits) this.#hostWait += passed;
  }
}
