// What an execution is compared by: each layer's result, each gate's choice and what was dropped of it, copied aside as soon as they are computed,
// since the memory they are in is used again.
import {
  dimensionEnvironment,
  evaluate,
  type LaunchInstance,
  type PlanIndex,
  type TensorType,
} from "../plan/index.js";

/** A captured value of all tokens of a layer: rows of `width` words, token after token. */
export interface CapturedValue {
  readonly layer: number;
  /** The block's node that computes it. */
  readonly node: string;
  readonly word: number;
  readonly width: number;
}

/** Where captured values go, and which rows have arrived. Tokens are numbered by rank, micro-batch and row. */
export class Captures {
  /** Tokens of a micro-batch of a rank. */
  readonly tokens: number;
  readonly microBatches: number;
  readonly words: number;
  /** Ranks that execute each layer, in the order of their tokens. */
  readonly ranksOfLayer: readonly (readonly number[])[];
  readonly #values = new Map<string, CapturedValue>();
  /** By value, for each token whether it has arrived. */
  readonly #arrived = new Map<CapturedValue, Uint8Array>();
  /** By layer, whom to tell when all its values have arrived or nothing more will. */
  readonly #settling: { missing: number; readonly settled: Promise<void>; settle(): void }[] = [];

  /** `firstWord` is the first word behind the memory of the ranks. */
  constructor(index: PlanIndex, programs: readonly (readonly LaunchInstance[])[], firstWord: number) {
    const environment = dimensionEnvironment(index.plan.dimensions);
    this.tokens = evaluate("tokens", environment);
    this.microBatches = index.plan.schedule.micro_batches;
    this.ranksOfLayer = ranksByLayer(programs, index.layers);
    let word = firstWord;
    for (let layer = 0; layer < index.layers; layer++) {
      const block = index.block(index.runOfLayer(layer).run.block);
      const tokens = this.ranksOfLayer[layer]!.length * this.microBatches * this.tokens;
      const add = (node: string, type: TensorType) => {
        const width = evaluate(type.shape[1] ?? 1, environment);
        const value = { layer, node, word, width };
        this.#values.set(`${layer}/${node}`, value);
        this.#arrived.set(value, new Uint8Array(tokens));
        word += tokens * width;
      };
      const captured = block.nodes
        .filter((node) => node.id === block.result || node.output.kind === "gate")
        .map(({ id, output }): readonly [node: string, type: TensorType] => [id, output]);
      // Where pairs may be dropped, the row that a dispatch gives each of them: [tokens, top_k], as the gate's choice.
      for (const { dispatch, gate, atom_rows } of index.plan.exchanges.filter(
        (each) => each.block === block.name,
      ))
        if (atom_rows !== undefined) captured.push([dispatch, index.node(block.name, gate).output]);
      for (const [node, type] of captured) add(node, type);
      let settle = () => {};
      const settled = new Promise<void>((resolve) => (settle = resolve));
      this.#settling.push({ missing: captured.length * tokens, settled, settle });
    }
    this.words = word - firstWord;
  }

  value(layer: number, node: string): CapturedValue | undefined {
    return this.#values.get(`${layer}/${node}`);
  }

  /** The values of a layer, in the order of its block. */
  valuesOf(layer: number): readonly CapturedValue[] {
    return [...this.#values.values()].filter((each) => each.layer === layer);
  }

  /** Where rows of a value that a rank computes go, and how many words they have. */
  place(value: CapturedValue, rank: number, microBatch: number, rows: { begin: number; end: number }) {
    const first = this.#firstToken(value.layer, rank, microBatch) + rows.begin;
    const arrived = this.#arrived.get(value)?.subarray(first, first + rows.end - rows.begin);
    const settling = this.#settling[value.layer]!;
    for (const already of arrived ?? []) if (already === 0) settling.missing--;
    arrived?.fill(1);
    if (settling.missing === 0) settling.settle();
    return { word: value.word + first * value.width, words: (rows.end - rows.begin) * value.width };
  }

  /** Resolves when all values of a layer have arrived, or when nothing more will. */
  settled(layer: number): Promise<void> {
    return this.#settling[layer]!.settled;
  }

  /** Nothing more will arrive. */
  settle(): void {
    for (const each of this.#settling) each.settle();
  }

  /** Number of tokens of a layer. */
  tokensOf(layer: number): number {
    return this.ranksOfLayer[layer]!.length * this.microBatches * this.tokens;
  }

  /** The first token of a value that has not arrived. */
  missing(value: CapturedValue): number | undefined {
    const token = this.#arrived.get(value)?.indexOf(0) ?? -1;
    return token < 0 ? undefined : token;
  }

  /** The rank, micro-batch and row of a token of a layer. */
  ownerOf(layer: number, token: number): { rank: number; microBatch: number; row: number } {
    const microBatch = Math.floor(token / this.tokens);
    return {
      rank: this.ranksOfLayer[layer]![Math.floor(microBatch / this.microBatches)]!,
      microBatch: microBatch % this.microBatches,
      row: token % this.tokens,
    };
  }

  #firstToken(layer: number, rank: number, microBatch: number): number {
    const position = this.ranksOfLayer[layer]!.indexOf(rank);
    return (position * this.microBatches + microBatch) * this.tokens;
  }
}

function ranksByLayer(programs: readonly (readonly LaunchInstance[])[], layers: number): number[][] {
  const ranks = Array.from({ length: layers }, () => new Set<number>());
  programs.forEach((program, rank) => {
    for (const { layer } of program) ranks[layer]?.add(rank);
  });
  return ranks.map((each) => [...each]);
}
