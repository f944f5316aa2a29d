// What `weft run` says: what was reduced, how much of the plan was executed, and how far the result is from the dense
// evaluation, layer by layer.
import { plain, type Colors } from "../diagnostics/render-text.js";
import type { CrossingCounts, RunResult } from "../run/result.js";
import { columns, section, wrapped } from "./layout.js";
import { counted, grouped, percent, scientific, significant, size } from "./units.js";

const WIDTH = 100;

/** The report of an execution. Ends in a newline. */
export function describeRun(result: RunResult, colors: Colors = plain): string {
  const { seed, data_seed, ranks } = result;
  const lines = [
    colors.bold(
      `Executed ${placeOf(result)}: ${counted(ranks, "rank")}, order seed ${seed}, data seed ${data_seed}`,
    ),
    "",
    ...section(colors.bold("Reduced, so that it can be executed here"), reducedLines(result)),
    ...section(colors.bold("Executed"), executedLines(result)),
    ...section(
      colors.bold("Compared with the dense evaluation, which knows no ranks"),
      comparisonLines(result),
    ),
    ...verdictLines(result, colors),
  ];
  return `${lines.join("\n")}\n`;
}

function placeOf({ backend, adapter, order }: RunResult): string {
  switch (backend) {
    case "cpu":
      return "on the CPU";
    case "webgpu":
      return `on WebGPU (${adapter ?? "unnamed adapter"})`;
    case "cuda-emulated":
      return `as the emitted program on emulated GPUs (order ${order ?? "random"})`;
    default:
      return backend satisfies never;
  }
}

function reducedLines({ reduced }: RunResult): readonly string[] {
  if (reduced.length === 0) return ["nothing"];
  const bound = reduced.find(({ name }) => name === BOUND);
  const extents = reduced.filter((each) => each !== bound);
  return [
    ...wrapped(extents.map(({ name, from, to }) => `${name} ${from}->${to}`).join(", "), WIDTH),
    ...(bound === undefined
      ? []
      : wrapped(
          `the bound ${bound.from / BOUND_SCALE}->${bound.to / BOUND_SCALE} times the mean: of so few tokens more go to one rank than of many, ` +
            "and the program should end only where it would at full size",
          WIDTH,
        )),
  ];
}

/** The dimension that has the declared bound, in thousandths of the mean. */
const [BOUND, BOUND_SCALE] = ["bound_thousandths", 1000];

function executedLines({
  executed,
  of,
  received_rows,
  dropped,
  crossings,
  in_rounds,
}: RunResult): readonly string[] {
  const row = (
    name: string,
    text: (value: number) => string,
    done: number,
    all: number,
    meaning: string,
  ): string[] => [name, text(done), `of ${text(all)}`, meaning];
  const rows = [
    row("layers", grouped, executed.layers, of.layers, "executed and compared"),
    row(
      "launches",
      grouped,
      executed.launches - (in_rounds?.launches ?? 0),
      of.launches,
      "kernels, transfers and host reads of all ranks",
    ),
    row(
      "transfers",
      grouped,
      executed.transfers - (in_rounds?.transfers ?? 0),
      of.transfers,
      "messages between ranks, and of a rank to itself",
    ),
    row(
      "bytes",
      size,
      executed.bytes - (in_rounds?.bytes ?? 0),
      of.bytes,
      `in those messages, ${percent(executed.bytes - (in_rounds?.bytes ?? 0), of.bytes)} after the reduction`,
    ),
  ];
  const lines = [...columns(rows, ["left", "right", "right", "left"])];
  if (received_rows !== undefined)
    lines.push(
      `a rank received ${grouped(received_rows.min)} to ${grouped(received_rows.max)} rows in an exchange`,
    );
  if (in_rounds !== undefined)
    lines.push(
      ...wrapped(
        `${counted(in_rounds.exchanges, "exchange")} exceeded the bound, left the rest out and went on in ` +
          `${counted(in_rounds.rounds, "round")}, with ${grouped(in_rounds.launches)} launches and ` +
          `${grouped(in_rounds.transfers)} transfers more`,
        WIDTH,
      ),
    );
  if (crossings !== undefined) lines.push(...wrapped(crossingSentence(crossings), WIDTH));
  if (dropped !== undefined)
    lines.push(
      `dropped ${grouped(dropped.pairs)} of ${grouped(dropped.of)} (token, expert) pairs (${percent(dropped.pairs, dropped.of)}), ` +
        "which found no room in their slots",
    );
  return lines;
}

/** What of a token went to other nodes, beside what one copy for each node, GPU or expert there would be. */
function crossingSentence(crossings: CrossingCounts): string {
  const { nodes_per_token: nodes, gpus_per_token: gpus, experts_per_token: experts } = crossings;
  const probable = (expected: number): string => `${significant(expected)} are probable`;
  const fewer = nodes === 0 ? "" : `, ${significant(gpus / nodes)} times as many`;
  const { expected_nodes_per_token: ofNodes, expected_gpus_per_token: ofGpus } = crossings;
  const perGpu = `one for each GPU there would be ${significant(gpus)} (${probable(ofGpus)})${fewer}`;
  return crossings.sent_copies_per_token === undefined
    ? `a token's rows went to other nodes ${significant(experts)} times, once for each expert; one for each node would be ` +
        `${significant(nodes)} (${probable(ofNodes)}), ${perGpu}`
    : `${significant(crossings.sent_copies_per_token)} copies of a token went to other nodes, one for each ` +
        `(${probable(ofNodes)}); ${perGpu}`;
}

function comparisonLines({
  layers,
  tolerance,
  max_relative_error,
  ties,
  routing_sha256,
  failure,
}: RunResult): readonly string[] {
  if (failure !== undefined && failure.kind !== "wrong_result")
    return ["nothing, since the execution failed before its end"];
  const [first, ...others] = layers;
  if (first === undefined || max_relative_error === null) return ["no layer was finished"];
  const worst = others.reduce(
    (most, each) => (each.max_relative_error > most.max_relative_error ? each : most),
    first,
  );
  return columns([
    [
      "largest relative error",
      scientific(max_relative_error),
      `${scientific(tolerance)} is allowed; in layer ${worst.layer} (${worst.block})`,
    ],
    ["worst of each block", "", blockErrors(layers)],
    ["ties", grouped(ties), "tokens whose last expert is a toss-up, where either choice is right"],
    [
      "routing",
      routing_sha256.slice(0, 16),
      ties === 0
        ? "hash of all choices of experts: the same for every order"
        : "hash of all choices of experts, ties left out: the same for every order",
    ],
  ]);
}

/** Worst layer of each block, in order of appearance. */
function blockErrors(layers: RunResult["layers"]): string {
  const worst = new Map<string, number>();
  for (const { block, max_relative_error } of layers)
    worst.set(block, Math.max(worst.get(block) ?? 0, max_relative_error));
  return [...worst].map(([block, error]) => `${block} ${scientific(error)}`).join(", ");
}

function verdictLines({ ok, backend, failure }: RunResult, colors: Colors): readonly string[] {
  if (ok) return [colors.bold("The plan computes what the model says.")];
  const verdict =
    failure?.kind === "aborted"
      ? "The program ended, as `overflow: abort` declares: the routing exceeds the bound."
      : backend === "cuda-emulated"
        ? "The emitted program is wrong."
        : "The plan is wrong.";
  return [
    colors.bold(colors.red(verdict)),
    ...(failure === undefined
      ? []
      : [
          `${isOfProgram(failure.kind) ? `${failure.kind}: ` : ""}${failure.message}`,
          ...(failure.waiting ?? []).map((each) => `  ${each}`),
          ...(failure.lines ?? []).map((each) => `  at ${each}`),
          ...(failure.others ?? []),
        ]),
  ];
}

/** Kinds of failures that only programs have; their messages do not name them. */
const isOfProgram = (kind: string): boolean => ["race", "misuse", "failed"].includes(kind);
