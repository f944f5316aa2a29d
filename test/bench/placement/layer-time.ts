// The judge: what a placement causes, counted from tokens. It shares no code with the solver's own predictions.
import type { Gpus, LayerPrices, PlacedLayer } from "../../../src/place/index.js";

export interface JudgedLayer {
  readonly dispatchUs: number;
  readonly expertsUs: number;
  readonly combineUs: number;
  /** The three, one after the other. */
  readonly timeUs: number;
  /** Bytes that cross nodes, to the experts and back. */
  readonly slowBytes: number;
}

/** Sums over all ranks, each of which has the sampled tokens as its rows. */
interface Counts {
  /** [slot] rows. */
  readonly rows: Float64Array;
  /** [node] copies that leave it, and that come for it: a token goes once to each other node that has experts of it. */
  readonly sent: Float64Array;
  readonly received: Float64Array;
}

/** What a layer costs in which every GPU has `prices.tokensPerGpu` tokens that are like the sampled ones, `topK` experts each. */
export function judgeLayer(
  placed: PlacedLayer,
  tokens: Int32Array,
  { topK, gpus, prices }: { readonly topK: number; readonly gpus: Gpus; readonly prices: LayerPrices },
): JudgedLayer {
  const scale = prices.tokensPerGpu / (tokens.length / topK);
  const { rows, sent, received } = countTokens(placed, tokens, topK, gpus);
  const world = gpus.slots.length;
  let hottestRows = 0;
  let expertsUs = 0;
  let slot = 0;
  for (let gpu = 0; gpu < world; gpu++) {
    const own = Array.from(rows.subarray(slot, (slot += gpus.slots[gpu]!)), (count) => count * scale);
    hottestRows = Math.max(
      hottestRows,
      own.reduce((sum, each) => sum + each, 0),
    );
    expertsUs = Math.max(expertsUs, prices.expertsUs(own) / gpus.speeds[gpu]!);
  }
  const sizes = nodeSizes(gpus);
  // The ports of a node share its copies; each of them sends and receives at once.
  const busiestPort = sizes.reduce(
    (most, size, node) => Math.max(most, (Math.max(sent[node]!, received[node]!) * scale) / size),
    0,
  );
  const fromOthers = hottestRows * (1 - 1 / world);
  const exchangeUs = (bytes: number): number =>
    (busiestPort * bytes) / prices.slowRate + (fromOthers * bytes) / prices.fastRate;
  const [dispatchUs, combineUs] = [exchangeUs(prices.dispatchBytes), exchangeUs(prices.combineBytes)];
  const crossing = sent.reduce((sum, each) => sum + each, 0) * scale;
  return {
    ...{ dispatchUs, expertsUs, combineUs, timeUs: dispatchUs + expertsUs + combineUs },
    slowBytes: crossing * (prices.dispatchBytes + prices.combineBytes),
  };
}

function nodeSizes({ nodeOf }: Gpus): number[] {
  const sizes: number[] = [];
  for (const node of nodeOf) sizes[node] = (sizes[node] ?? 0) + 1;
  return sizes;
}

/** [expert] its slots turn by turn: those of a slot follow one another, slots in their order. */
function roundsOf({ expertOfSlot, turns }: PlacedLayer): Map<number, Int32Array> {
  const rounds = new Map<number, number[]>();
  expertOfSlot.forEach((expert, slot) => {
    const round = rounds.get(expert) ?? [];
    for (let turn = 0; turn < turns[slot]!; turn++) round.push(slot);
    rounds.set(expert, round);
  });
  return new Map([...rounds].map(([expert, round]) => [expert, Int32Array.from(round)]));
}

/**
 * Counts the tokens of all ranks. Row t of rank r goes to turn (r + t) mod n of each of its experts. Nodes are bits: experts of a
 * single turn are the same for all ranks, only the others are looked at rank by rank.
 */
function countTokens(placed: PlacedLayer, tokens: Int32Array, topK: number, gpus: Gpus): Counts {
  const { nodeOf, slots } = gpus;
  const world = slots.length;
  const sizes = nodeSizes(gpus);
  const rounds = roundsOf(placed);
  const bitOfSlot = Int32Array.from(
    slots.flatMap((own, gpu) => new Array<number>(own).fill(1 << nodeOf[gpu]!)),
  );
  const rows = new Float64Array(placed.expertOfSlot.length);
  const sent = new Float64Array(sizes.length);
  const received = new Float64Array(sizes.length);
  for (let first = 0; first < tokens.length; first += topK) {
    const token = first / topK;
    const divided: Int32Array[] = [];
    let everyone = 0;
    for (let choice = first; choice < first + topK; choice++) {
      const round = rounds.get(tokens[choice]!)!;
      if (round.length > 1) divided.push(round);
      else {
        rows[round[0]!]! += world;
        everyone |= bitOfSlot[round[0]!]!;
      }
    }
    sizes.forEach((size, node) => {
      if (((everyone >> node) & 1) === 0) return;
      received[node]! += world - size;
      for (let other = 0; other < sizes.length; other++) if (other !== node) sent[other]! += sizes[other]!;
    });
    if (divided.length === 0) continue;
    for (let rank = 0; rank < world; rank++) {
      let mine = 0;
      for (const round of divided) {
        const slot = round[(rank + token) % round.length]!;
        rows[slot]!++;
        mine |= bitOfSlot[slot]!;
      }
      const home = nodeOf[rank]!;
      for (let left = mine & ~everyone & ~(1 << home); left !== 0; left &= left - 1) {
        sent[home]!++;
        received[31 - Math.clz32(left & -left)]!++;
      }
    }
  }
  return { rows, sent, received };
}
