// DeepSeek's serving of DeepSeek-V3, as published, beside the prediction of the examples that describe it, and what the difference
// is made of. Publications give averages over a day of real requests; a prediction is of one full step.
import { compile, openEntry, type Entry } from "../../src/index.js";
import type { Prediction } from "../../src/plan/index.js";

/** The part of published.json on these deployments. */
interface PublishedInference {
  readonly prefill: {
    readonly nodes: number;
    readonly tokens_per_s_per_node_including_cache_hits: number;
    readonly cache_hit_share: number;
  };
  readonly decode: {
    readonly nodes: number;
    readonly tokens_per_s_per_node: number;
    readonly mean_kv_length: number;
    readonly tokens_per_s_per_user: readonly [number, number];
  };
}

/** A deployment with one transport. */
export interface Deployment {
  readonly example: string;
  readonly machine: string;
  readonly transport: string;
  /** New tokens that a node computes in a second: cache hits are not computed. */
  readonly published_tokens_per_s_per_node: number;
  /** How the publication says it. */
  readonly publication: string;
  readonly predicted_tokens_per_s_per_node: number;
  /** The same with what is known to differ from the example. */
  readonly comparable_tokens_per_s_per_node: number;
  readonly step_time_us: number;
  /** Parts of the difference between the two, as time of a step. */
  readonly items: readonly Item[];
}

interface Item {
  readonly what: string;
  readonly time_us: number;
}

const TRANSPORTS = ["nccl", "deepep"] as const;

/** Output tokens for each input token: 168 of 608 billion on the day (open-infra-index, day 6). */
const OUTPUT_PER_INPUT = 168 / 608;
/** Tokens of a sequence in the prefill example. */
const EXAMPLE_LENGTH = 4096;
const GPUS_PER_NODE = 8;

const exchangeWith = (transport: string, bound: number): string =>
  `auto(transport: ${transport}, tokens: dropless(bound: ${bound.toFixed(1)}, overflow: abort), partial_sums: true)`;

async function predictionOf(
  example: string,
  overrides: readonly string[],
  entry: Entry = openEntry(example),
): Promise<Prediction> {
  const { compiled, diagnostics } = await compile({ entry, overrides });
  const prediction = compiled?.plan.why?.prediction;
  if (prediction === undefined)
    throw new Error(`${example}: ${diagnostics.sorted()[0]?.message ?? "no prediction"}`);
  return prediction;
}

async function prefill(published: PublishedInference, transport: string): Promise<Deployment> {
  const { nodes, tokens_per_s_per_node_including_cache_hits: all, cache_hit_share: hits } = published.prefill;
  const example = "examples/deepseek-v3-prefill.weft";
  const prediction = await predictionOf(example, [`prefill.exchange=${exchangeWith(transport, 2)}`]);
  const computed = all * (1 - hits);
  // Computed tokens attend to the cached ones before them too. A sequence's length follows from decode's mean: that is the prompt
  // and half of the answer.
  const prompt = published.decode.mean_kv_length / (1 + OUTPUT_PER_INPUT / 2);
  const attention = prediction.shares.find(({ cost }) => cost === "attention")?.time_us ?? 0;
  const longer = (prompt * (1 + hits)) / EXAMPLE_LENGTH;
  const items = [{ what: "attention to cached tokens", time_us: attention * (longer - 1) }];
  const publication = `${String(all)} tokens/s of a node, of which ${(100 * hits).toFixed(1)} % hit the cache, in a day's mean`;
  return deployment(
    { example, machine: "h800", transport, publication, rate: computed, nodes },
    prediction,
    items,
  );
}

async function decode(published: PublishedInference, transport: string): Promise<Deployment> {
  const { nodes, tokens_per_s_per_node: rate, tokens_per_s_per_user: speeds } = published.decode;
  const example = "examples/deepseek-v3-decode.weft";
  const exchange = `decode.exchange=${exchangeWith(transport, 3)}`;
  const prediction = await predictionOf(example, [exchange]);
  // Users' speed says how many sequences a GPU really had; a step with fewer is less efficient.
  const speed = (speeds[0] + speeds[1]) / 2;
  const sequences = 2 * Math.round(rate / speed / GPUS_PER_NODE / 2);
  const smaller = await predictionOf(example, [exchange, `decode.batch.sequences=${String(sequences)}`]);
  const atTheirBatch = timeAt(prediction, smaller.tokens_per_second);
  const what = `${String(sequences)} sequences a GPU, as ${String(speed)} tokens/s of a user imply, not 128`;
  const items = [{ what, time_us: atTheirBatch - prediction.step_time_us }];
  const publication = `${String(rate)} tokens/s of a node in a day's mean`;
  return deployment({ example, machine: "h800", transport, publication, rate, nodes }, prediction, items);
}

/**
 * The same model served by others, at full load: prompts of 2,000 tokens on four nodes of H100 (lmsys.org/blog, 2025-05-05,
 * "Deploying DeepSeek with PD Disaggregation and Large-Scale Expert Parallelism on 96 H100 GPUs").
 */
async function fullLoadPrefill(transport: string): Promise<Deployment> {
  const rate = 52_300;
  const nodes = 4;
  const example = "examples/deepseek-v3-prefill.weft";
  const batch = "prefill.batch={ sequences: 8, length: 2000, micro_batches: auto }";
  const overrides = [`prefill.exchange=${exchangeWith(transport, 2)}`, batch];
  const prediction = await predictionOf(example, overrides, onH100(openEntry(example)));
  const name = `${example} on H100, prompts of 2,000 (SGLang)`;
  const publication = `${String(rate)} tokens/s of a node at full load`;
  return deployment({ example: name, machine: "h100", transport, publication, rate, nodes }, prediction, []);
}

/** The example's text with the other machine. */
function onH100(entry: Entry): Entry {
  const read: Entry["host"]["read"] = (uri) => {
    const found = entry.host.read(uri);
    return "text" in found
      ? { text: found.text.replace("clusters/h800", "clusters/h100").replace("on H800(", "on H100(") }
      : found;
  };
  return { ...entry, host: { ...entry.host, read } };
}

/** Time in which a deployment at this rate makes as many tokens as the predicted step. */
const timeAt = ({ tokens_per_second, step_time_us }: Prediction, rate: number): number =>
  (tokens_per_second * step_time_us) / rate;

/** A publication: its rate in new tokens a second and node. */
interface Publication extends Pick<Deployment, "example" | "machine" | "transport" | "publication"> {
  readonly rate: number;
  readonly nodes: number;
}

function deployment(
  { rate, nodes, ...named }: Publication,
  prediction: Prediction,
  known: readonly Item[],
): Deployment {
  const { tokens_per_second, step_time_us } = prediction;
  const comparable_us = known.reduce((sum, { time_us }) => sum + time_us, step_time_us);
  const rest = timeAt(prediction, rate * nodes) - comparable_us;
  const what =
    rest > 0
      ? "not explained (steps that are not full, what lies between steps, and what prices miss)"
      : "that the prediction is too slow by";
  return {
    ...named,
    published_tokens_per_s_per_node: rate,
    predicted_tokens_per_s_per_node: tokens_per_second / nodes,
    comparable_tokens_per_s_per_node: (tokens_per_second * step_time_us) / comparable_us / nodes,
    step_time_us,
    items: [...known, { what, time_us: rest }],
  };
}

/** Both examples with each transport; empty where the facts have no such publication. */
export async function deployments(json: unknown): Promise<readonly Deployment[]> {
  const published = inferenceOf(json);
  if (published === undefined) return [];
  const found: Deployment[] = [];
  for (const transport of TRANSPORTS)
    found.push(
      await prefill(published, transport),
      await decode(published, transport),
      await fullLoadPrefill(transport),
    );
  return found;
}

/** Error of the rate once what is known of the difference is taken in. */
export const errorOf = (each: Deployment): number =>
  Math.abs(each.comparable_tokens_per_s_per_node / each.published_tokens_per_s_per_node - 1);

function inferenceOf(json: unknown): PublishedInference | undefined {
  if (typeof json !== "object" || json === null || !("deepseek_inference" in json)) return undefined;
  return json.deepseek_inference as PublishedInference;
}
