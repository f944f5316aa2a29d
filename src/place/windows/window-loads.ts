// Loads of the GPUs in every window while a placement for all of them is searched, and the norm of them that the search lowers.
import { gpuOfSlots, type PlaceProblem } from "../problem.js";

/** Doublings of the norm's power, 32: little but the greatest loads counts, and relieving one of several counts too. */
const DOUBLINGS = 5;
export const POWER = 2 ** DOUBLINGS;
/** Changes behind which the sums are taken anew, so that what was great before leaves no error. */
const RENEWED_AFTER = 128;

/** One layer of a problem, in several windows. */
export interface WindowedLayer {
  readonly problem: PlaceProblem;
  /** [window][expert] share of the rows. */
  readonly shares: readonly Float64Array[];
  /** [window] weight of a load, so that windows that take as long have loads of the same weighted height, near 1. */
  readonly scales: Float64Array;
}

export class WindowLoads {
  /** [gpu * windows + window] weighted load over the GPU's speed. */
  readonly loads: Float64Array;
  /** [expert * windows + window] weighted load of an expert. */
  readonly #weights: Float64Array;
  readonly #windows: number;
  readonly #world: number;
  readonly #slowness: readonly number[];
  readonly #gpuOf: readonly number[];
  readonly #touched: Uint8Array;
  readonly #changes: Float64Array;
  #gpus: number[] = [];
  #sum = 0;
  #age = 0;

  constructor({ problem, shares, scales }: WindowedLayer) {
    const { slots, speeds } = problem.gpus;
    this.#windows = shares.length;
    this.#world = slots.length;
    this.#slowness = speeds.map((speed) => 1 / speed);
    this.#gpuOf = gpuOfSlots(problem.gpus);
    this.loads = new Float64Array(this.#world * this.#windows);
    const experts = shares[0]!.length;
    this.#weights = new Float64Array(experts * this.#windows);
    shares.forEach((row, window) => {
      for (let expert = 0; expert < experts; expert++)
        this.#weights[expert * this.#windows + window] = row[expert]! * scales[window]!;
    });
    this.#touched = new Uint8Array(this.#world);
    this.#changes = new Float64Array(this.loads.length);
  }

  /** Sum of the powers of all loads. */
  get sum(): number {
    return this.#sum;
  }

  /** Divides the rows of experts over their slots: [slot] part of its expert's. */
  fill(expertOf: ArrayLike<number>, part: (slot: number) => number): void {
    this.loads.fill(0);
    for (let slot = 0; slot < expertOf.length; slot++)
      this.#add(this.loads, expertOf[slot]!, this.#gpuOf[slot]!, part(slot));
    this.#renew();
  }

  /** The GPU with the greatest weighted load of any window. */
  busiest(): number {
    let most = 0;
    for (let at = 1; at < this.loads.length; at++) if (this.loads[at]! > this.loads[most]!) most = at;
    return Math.floor(most / this.#windows);
  }

  /** Adds a part of an expert's rows to a GPU, for `after` and `keep` to count; less than nothing takes it away. */
  propose(expert: number, gpu: number, part: number): void {
    if (this.#touched[gpu] === 0) {
      this.#touched[gpu] = 1;
      this.#gpus.push(gpu);
    }
    this.#add(this.#changes, expert, gpu, part);
  }

  /** The sum of powers with what was proposed. */
  after(): number {
    let sum = this.#sum;
    for (const gpu of this.#gpus)
      for (let at = gpu * this.#windows, end = at + this.#windows; at < end; at++) {
        const load = this.loads[at]!;
        sum += raised(load + this.#changes[at]!) - raised(load);
      }
    return sum;
  }

  keep(): void {
    const before = this.#sum;
    this.#sum = this.after();
    for (const gpu of this.#gpus)
      for (let at = gpu * this.#windows, end = at + this.#windows; at < end; at++)
        this.loads[at] = Math.max(0, this.loads[at]! + this.#changes[at]!);
    this.drop();
    if (++this.#age >= RENEWED_AFTER || this.#sum < before / 2) this.#renew();
  }

  drop(): void {
    for (const gpu of this.#gpus) {
      this.#touched[gpu] = 0;
      this.#changes.fill(0, gpu * this.#windows, (gpu + 1) * this.#windows);
    }
    this.#gpus = [];
  }

  #add(loads: Float64Array, expert: number, gpu: number, part: number): void {
    const slowed = part * this.#slowness[gpu]!;
    const [at, from] = [gpu * this.#windows, expert * this.#windows];
    for (let window = 0; window < this.#windows; window++)
      loads[at + window]! += this.#weights[from + window]! * slowed;
  }

  #renew(): void {
    this.#age = 0;
    this.#sum = 0;
    for (let at = 0; at < this.loads.length; at++) this.#sum += raised(this.loads[at]!);
  }
}

function raised(x: number): number {
  for (let doubling = 0; doubling < DOUBLINGS; doubling++) x *= x;
  return x;
}
