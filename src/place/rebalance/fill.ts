// Dividing an expert's rows among the GPUs that hold it, so that the one that has most of all has least: as water that fills a vessel.

/** GPUs whose bars of unequal height are filled up to one level. Kept between calls, so that none allocates. */
export class Vessel {
  readonly gpus: Int32Array;
  /** [place] what the GPU at that place of `gpus` was given by `fill`. */
  readonly given: Float64Array;
  count = 0;

  /** `weights`: [gpu] microseconds of a unit of load; positive. */
  constructor(readonly weights: Float64Array) {
    this.gpus = new Int32Array(weights.length);
    this.given = new Float64Array(weights.length);
  }

  clear(): void {
    this.count = 0;
  }

  add(gpu: number): void {
    this.gpus[this.count++] = gpu;
  }

  /** Pours `amount` over `loads`, at least `least` to each; the GPUs come out in order of their level before. */
  fill(amount: number, least: number, loads: Float64Array): void {
    const { gpus, given, weights, count } = this;
    if (count === 1) {
      given[0] = amount;
      loads[gpus[0]!]! += amount;
      return;
    }
    for (let place = 0; place < count; place++) loads[gpus[place]!]! += least;
    // Few GPUs: by insertion.
    for (let place = 1; place < count; place++) {
      const gpu = gpus[place]!;
      const level = weights[gpu]! * loads[gpu]!;
      let at = place;
      for (; at > 0 && weights[gpus[at - 1]!]! * loads[gpus[at - 1]!]! > level; at--)
        gpus[at] = gpus[at - 1]!;
      gpus[at] = gpu;
    }
    const rest = amount - least * count;
    let [width, volume, level, wet] = [0, rest, 0, 0];
    for (; wet < count; wet++) {
      const gpu = gpus[wet]!;
      if (wet > 0 && weights[gpu]! * loads[gpu]! >= level) break;
      width += 1 / weights[gpu]!;
      volume += loads[gpu]!;
      level = volume / width;
    }
    for (let place = 0; place < count; place++) {
      const gpu = gpus[place]!;
      const poured = place < wet ? Math.max(0, level / weights[gpu]! - loads[gpu]!) : 0;
      given[place] = least + poured;
      loads[gpu]! += poured;
    }
  }
}
