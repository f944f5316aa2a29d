// Launches that share a resource of a rank evenly: its SMs (kernels) or its ports (transfers whose data moves).
// What is left of a launch is counted in microseconds of the whole resource.

export class FairShare {
  /** Tells apart the forecasts: only the newest end is valid. */
  forecast = 0;
  readonly #running: number[] = [];
  readonly #left: number[] = [];
  readonly #speeds: number[] = [];
  #nextToEnd = 0;
  #advanced = 0;

  /** `alone` gives the speed that a launch has now if it shares with no other, 1 being that of the whole resource. */
  constructor(private readonly alone: (launch: number) => number) {}

  get size(): number {
    return this.#running.length;
  }

  /** A launch that would take `time` alone joins now; `advance` must precede and `forecastEnd` follow. */
  add(launch: number, time: number): void {
    this.#running.push(launch);
    this.#left.push(time);
    this.#speeds.push(0);
  }

  /** All have run until now. */
  advance(now: number): void {
    const passed = now - this.#advanced;
    this.#advanced = now;
    for (let each = 0; each < this.#left.length; each++)
      this.#left[each] = this.#left[each]! - passed * this.#speeds[each]!;
  }

  /** Takes out the launch that the newest forecast was about; `advance` must precede and `forecastEnd` follow. */
  takeEnded(): number {
    const launch = this.#running[this.#nextToEnd]!;
    const last = this.#running.length - 1;
    for (let each = this.#nextToEnd; each < last; each++) {
      this.#running[each] = this.#running[each + 1]!;
      this.#left[each] = this.#left[each + 1]!;
      this.#speeds[each] = this.#speeds[each + 1]!;
    }
    this.#running.pop();
    this.#left.pop();
    this.#speeds.pop();
    return launch;
  }

  /** When the first of the running launches ends if nothing changes; Infinity for none. */
  forecastEnd(now: number): number {
    this.forecast++;
    const count = this.#running.length;
    let soonest = Infinity;
    for (let each = 0; each < count; each++) {
      const speed = this.alone(this.#running[each]!) / count;
      this.#speeds[each] = speed;
      const end = now + Math.max(0, this.#left[each]!) / speed;
      if (end >= soonest) continue;
      soonest = end;
      this.#nextToEnd = each;
    }
    return soonest;
  }
}
