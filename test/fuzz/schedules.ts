// Random schedules for a model on a cluster. Most pins are among those that the two allow; some are not, and some are mistakes.
import fc, { type Arbitrary } from "fast-check";
import type { Cluster } from "./clusters.js";
import type { Model } from "./models.js";

const divisorsOf = (whole: number): number[] =>
  Array.from({ length: whole }, (_, at) => at + 1).filter((each) => whole % each === 0);
/** Counted from the last back. */
const pick = <T>(from: readonly T[], at: number): T => from.at(-1 - (at % from.length))!;
/** Once in so many times. */
const onceIn = <T>(times: number, arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: times - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );

const tokens = fc.oneof(
  { weight: 2, arbitrary: fc.constant("dropless") },
  {
    weight: 2,
    arbitrary: fc
      .record({
        bound: fc.constantFrom("1", "1.5", "2.0", "4"),
        overflow: fc.constantFrom("abort", "rounds"),
      })
      .map(({ bound, overflow }) => `dropless(bound: ${bound}, overflow: ${overflow})`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("0.3", "1", "1.25", "4").map((factor) => `capacity(${factor})`),
  },
);

/** A setting that no model and no cluster allow, or few do. */
const mistake = fc.constantFrom(
  "parallel = { ep: 7 }",
  "parallel = { ep: 64 }",
  "placement = auto(slots: 1)",
  "placement = auto(redundant: 1000)",
  "exchange = node_aware(tokens: capacity(1))",
  "exchange = node_aware",
  "exchange = auto(tokens: dropless(bound: 0.5, overflow: abort))",
  "overlap = auto(chunks: 64)",
  "overlap = auto(batches: 5)",
  "overlap = auto(sms: 3)",
  "overlap = auto(sms: 256)",
  "precision = { weights: fp8, combine: fp8 }",
  "precision = { weights: fp8 }",
  "precision = { activations: fp16 }",
  "batch = { sequences: 4, length: 4, context: 4 }",
  "batch = { sequences: 4, length: 4, micro_batches: 3 }",
  "mode = train",
);

/** Many schedules and clusters do not allow it. */
const NODE_AWARE = [...Array.from({ length: 4 }, () => "node_aware"), "gather"];

const raw = fc.record({
  decode: fc.boolean(),
  ep: fc.constantFrom(0, 0, 0, 1, 2),
  /** Whether some GPUs may be left out. */
  spare: onceIn(5, fc.constant(true)),
  sequences: fc.constantFrom(4, 2, 1, 6),
  extent: fc.constantFrom(4, 1, 7, 512, 4096),
  microBatches: onceIn(2, fc.nat({ max: 3 })),
  precision: fc.record({
    weights: fc.nat({ max: 3 }),
    dispatch: fc.constantFrom("bf16", "fp8", "f32"),
    combine: fc.constantFrom("bf16", "fp16", "f32"),
    cache: fc.constantFrom("bf16", "fp8"),
  }),
  routing: fc.constantFrom(
    "uniform",
    "zipf(exponent: 1.2, seed: 3)",
    "lognormal(sigma: 1.0, seed: 7)",
    "lognormal(sigma: 4, seed: 1)",
    "zipf(exponent: 0)",
  ),
  placement: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom("auto", "contiguous", "eplb"), count: fc.constant(0) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom("redundant", "slots"), count: fc.nat({ max: 9 }) }),
    },
  ),
  algorithm: fc.constantFrom("auto", "direct_by_peer", "direct_by_slot", ...NODE_AWARE),
  tokens,
  partialSums: fc.boolean(),
  byDeepEp: onceIn(5, fc.constant(true)),
  batches: onceIn(2, fc.nat({ max: 2 })),
  chunks: onceIn(2, fc.nat({ max: 3 })),
  sms: onceIn(3, fc.constantFrom(8, 1, 16)),
  requirement: onceIn(
    12,
    fc.constantFrom("require memory <= 40 GiB", "require step_time < 100 ms", "require step_time <= 1 us"),
  ),
  mistake: onceIn(8, mistake),
});

type Raw = typeof raw extends Arbitrary<infer T> ? T : never;

/** How the experts are spread: ranks, slots of each gate. */
function spread({ ep, spare, placement }: Raw, { gpus }: Cluster, { experts }: Model) {
  const fewest = Math.min(gpus, ...experts);
  const most = Math.max(0, ...experts);
  const replicated = placement.kind === "redundant" || placement.kind === "slots";
  // With replicas there may be more ranks than experts; each has at most one of every expert.
  const legal = spare === true ? Array.from({ length: gpus }, (_, at) => at + 1) : divisorsOf(gpus);
  const ranks = pick(
    legal.filter((each) => each <= (replicated ? gpus : fewest)),
    ep,
  );
  const parallel = spare === true ? `dp: ${String(ranks * Math.floor(gpus / ranks))}, ep` : "ep";
  const room = ranks * Math.min(...experts, gpus * most);
  const slots = Math.min(room, Math.max(ranks, most) + placement.count);
  const redundant = Math.min(
    Math.max(placement.count, ranks - fewest),
    ...experts.map((each) => each * (ranks - 1)),
  );
  const text = {
    auto: "auto",
    contiguous: "contiguous",
    eplb: "eplb",
    redundant: `auto(redundant: ${String(redundant)})`,
    slots: `auto(slots: ${String(slots)})`,
  }[placement.kind];
  const slotsOfRank = Math.ceil((placement.kind === "slots" ? slots : most) / ranks);
  return { ranks, parallel: `{ ${parallel}: ${String(ranks)} }`, placement: text, slotsOfRank };
}

function exchangeText(
  { algorithm, tokens: policy, partialSums, byDeepEp }: Raw,
  ranks: number,
  perNode: number,
): string {
  const copies = ranks > perNode && ranks % perNode === 0 && perNode > 1 && !policy.startsWith("capacity");
  const word = (algorithm === "node_aware" || algorithm === "gather") && !copies ? "auto" : algorithm;
  const args = [
    ...(policy === "dropless" ? [] : [`tokens: ${policy}`]),
    ...(partialSums ? ["partial_sums: true"] : []),
    ...(byDeepEp === true ? ["transport: deepep"] : []),
  ];
  return args.length === 0 ? word : `${word}(${args.join(", ")})`;
}

function overlapText(each: Raw, micro: number | undefined, slotsOfRank: number, exchange: string): string {
  const uncut = /^(node_aware|gather)/.test(exchange) || exchange.includes("rounds");
  const pins = {
    batches: each.batches === undefined ? undefined : pick(divisorsOf(micro ?? each.sequences), each.batches),
    chunks: each.chunks === undefined || uncut ? undefined : 1 + (each.chunks % Math.max(1, slotsOfRank)),
    sms: each.sms,
  };
  const given = Object.entries(pins).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${String(value)}`],
  );
  return given.length === 0 ? "auto" : `auto(${given.join(", ")})`;
}

/** The text of a schedule. */
function write(each: Raw, cluster: Cluster, model: Model): string {
  const { ranks, parallel, placement, slotsOfRank } = spread(each, cluster, model);
  const micro =
    each.microBatches === undefined ? undefined : pick(divisorsOf(each.sequences), each.microBatches);
  const exchange = exchangeText(each, ranks, cluster.perNode);
  const { weights, ...formats } = each.precision;
  const precision = { weights: pick(cluster.formats, weights), ...formats };
  const settings: Record<string, string> = {
    mode: each.decode ? "decode" : "prefill",
    parallel,
    batch: `{ sequences: ${String(each.sequences)}, ${each.decode ? "context" : "length"}: ${String(each.extent)}, micro_batches: ${String(micro ?? "auto")} }`,
    precision: `{ ${Object.entries(precision)
      .map(([name, format]) => `${name}: ${format}`)
      .join(", ")} }`,
    routing: each.routing,
    placement,
    exchange,
    overlap: overlapText(each, micro, slotsOfRank, exchange),
  };
  const [name, value] = each.mistake?.split(" = ") ?? [];
  if (name !== undefined && value !== undefined) settings[name] = value;
  const lines = Object.entries(settings).map(([setting, text]) => `${setting} = ${text}`);
  return [
    `schedule any of Any on ${cluster.use} {`,
    ...[...lines, ...(each.requirement === undefined ? [] : [each.requirement])].map((line) => `  ${line}`),
    "}",
  ].join("\n");
}

/** Gives the text of a schedule for a model on a cluster. */
export const anySchedule: Arbitrary<(cluster: Cluster, model: Model) => string> = raw.map(
  (each) => (cluster, model) => write(each, cluster, model),
);
