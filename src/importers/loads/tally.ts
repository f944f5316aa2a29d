// Counts of a stream of records: for each step and layer either loads of the experts or the experts that each token chose.
import { counted, Unreadable } from "./fault.js";
import { layerOrder, layerName, type LayerId } from "./layer-id.js";
import type { LoadsFormat, ReadLoads } from "./loads.js";
import { MOST_LOAD, refuseCount } from "./numbers.js";
import { StepWindows } from "./step-windows.js";
import { TokenSample } from "./token-sample.js";

export const MOST_EXPERTS = 2 ** 16;
/** Counts in memory, of eight bytes each. */
const MOST_CELLS = 2 ** 24;

/** [layer] counts of its experts. */
type Window = Map<string, Counts>;

export class Tally {
  readonly #layers = new Map<string, LayerId>();
  readonly #samples = new Map<string, TokenSample>();
  readonly #windows = new StepWindows<Window>(
    () => new Map(),
    (into, from) => {
      for (const [layer, counts] of from) this.#countsOf(into, layer).addAll(counts);
    },
  );
  #topK: number | undefined;
  #experts = 0;

  /** Loads of a layer's experts in a step. */
  addLoads(step: number, layer: LayerId, loads: readonly number[]): void {
    const counts = this.#countsOf(this.#windows.at(step), this.#nameOf(layer));
    this.#experts = Math.max(this.#experts, loads.length);
    loads.forEach((load, expert) => {
      counts.add(expert, load);
    });
  }

  /** Experts of a layer's tokens in a step, those of a token different from each other. Tokens that chose none are left out. */
  addTokens(step: number, layer: LayerId, tokens: readonly (readonly number[])[]): void {
    const name = this.#nameOf(layer);
    const counts = this.#countsOf(this.#windows.at(step), name);
    this.#topK ??= tokens.find((experts) => experts.length > 0)?.length;
    const sample = this.#topK === undefined ? undefined : this.#sampleOf(name, this.#topK);
    for (const experts of tokens) {
      for (const expert of experts) {
        counts.add(expert, 1);
        if (expert >= this.#experts) this.#experts = expert + 1;
      }
      // A token that the gate dropped in part is no sample of what it chooses.
      if (experts.length === this.#topK) sample?.add(experts);
    }
  }

  /** `experts`: how many there are, where the records show fewer. */
  finish(format: LoadsFormat, experts = 0): ReadLoads {
    const names = [...this.#layers].sort(([, one], [, other]) => layerOrder(one, other));
    const width = Math.max(this.#experts, experts);
    const all = this.#windows.all().map(({ first, last, window }) => {
      const steps = first === last ? `step ${String(first)}` : `steps ${String(first)} to ${String(last)}`;
      const missing = names.find(([name]) => !window.has(name));
      if (missing !== undefined)
        throw new Unreadable(
          `${steps}, ${layerName(missing[1])}`,
          "there is no record of it, but there are records of other layers",
          "Leave out steps that were not traced to their end, and join the files of all pipeline stages.",
        );
      return names.map(([name, id]) => window.get(name)!.values(width, `${steps}, ${layerName(id)}`));
    });
    const windows = all.filter((window) => window.some((row) => row.some((load) => load > 0)));
    const tokens = names.map(([name]) => this.#samples.get(name)?.experts() ?? new Int32Array(0));
    return {
      format,
      // Recorders fill what they have not recorded yet with zeros.
      windows: windows.length === 0 ? all.slice(0, 1) : windows,
      ...(this.#windows.stride === 1 ? {} : { stepsPerWindow: this.#windows.stride }),
      ...(this.#topK === undefined ? {} : { topK: this.#topK, tokens }),
    };
  }

  get isEmpty(): boolean {
    return this.#layers.size === 0;
  }

  #nameOf(layer: LayerId): string {
    const name = layerName(layer);
    if (!this.#layers.has(name)) this.#layers.set(name, layer);
    return name;
  }

  #countsOf(window: Window, layer: string): Counts {
    let counts = window.get(layer);
    if (counts === undefined) {
      counts = new Counts((cells) => {
        this.#reserve(cells);
      });
      window.set(layer, counts);
    }
    return counts;
  }

  #sampleOf(layer: string, topK: number): TokenSample {
    let sample = this.#samples.get(layer);
    if (sample === undefined) {
      sample = new TokenSample(topK);
      this.#samples.set(layer, sample);
    }
    return sample;
  }

  #cells = 0;

  #reserve(cells: number): void {
    this.#cells += cells;
    if (this.#cells > MOST_CELLS)
      throw new Unreadable(
        "the file",
        `it has ${counted(this.#layers.size, "layer")} of up to ${counted(this.#experts, "expert")}, more than Weft keeps counts of`,
        "Check that layers and experts are numbered from 0.",
      );
  }
}

/** Counts of the experts seen so far. */
class Counts {
  #values = new Float64Array(0);

  constructor(private readonly reserve: (cells: number) => void) {}

  add(expert: number, load: number): void {
    if (expert >= this.#values.length) this.#grow(expert + 1);
    this.#values[expert] = this.#values[expert]! + load;
  }

  addAll(other: Counts): void {
    other.#values.forEach((load, expert) => {
      this.add(expert, load);
    });
    this.reserve(-other.#values.length);
  }

  values(width: number, place: string): readonly number[] {
    const wrong = this.#values.findIndex((sum) => sum > MOST_LOAD);
    if (wrong >= 0) refuseCount(this.#values[wrong], `${place}, expert ${String(wrong)}`);
    return Array.from({ length: width }, (_, expert) => this.#values[expert] ?? 0);
  }

  #grow(least: number): void {
    const length = Math.max(least, 2 * this.#values.length, 64);
    this.reserve(length - this.#values.length);
    const larger = new Float64Array(length);
    larger.set(this.#values);
    this.#values = larger;
  }
}
