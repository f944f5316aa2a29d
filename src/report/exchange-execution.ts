// What `weft run` says of an exchange plan: what was reduced, what moved between ranks, and whether all of it is where it belongs.
import { plain, type Colors } from "../diagnostics/render-text.js";
import type { ExchangeRunResult } from "../run/exchange/result.js";
import { columns, section, wrapped } from "./layout.js";
import { counted, grouped, size } from "./units.js";

const WIDTH = 100;

/** The report of an execution. Ends in a newline. */
export function describeExchangeRun(result: ExchangeRunResult, colors: Colors = plain): string {
  const { backend, adapter, seed, data_seed, ranks, reduced, failure } = result;
  const place = backend === "cpu" ? "on the CPU" : `on WebGPU (${adapter ?? "unnamed adapter"})`;
  const reductions = reduced
    .map(({ name, from, to }) => `${name} ${grouped(from)}->${grouped(to)}`)
    .join(", ");
  const lines = [
    colors.bold(`Executed ${place}: ${counted(ranks, "rank")}, order seed ${seed}, data seed ${data_seed}`),
    "",
    ...section(
      colors.bold("Reduced, so that it can be executed here"),
      wrapped(reductions === "" ? "nothing" : reductions, WIDTH),
    ),
    ...(failure?.kind === "over_capacity" ? [] : section(colors.bold("Executed"), movedLines(result))),
    ...verdictLines(result, colors),
  ];
  return `${lines.join("\n")}\n`;
}

function movedLines(result: ExchangeRunResult): readonly string[] {
  const { direction, launches, tokens, rows, row_bytes, messages, bytes_per_tier, traffic } = result;
  const tiers = Object.entries(bytes_per_tier).map(([name, bytes]) => [
    name,
    size(bytes),
    "in those messages",
  ]);
  return columns(
    [
      ["tokens", grouped(tokens), `of all ranks; traffic: ${trafficWords[traffic]}`],
      ["rows", grouped(rows), `of ${size(row_bytes)}, one for each destination of a token`],
      [
        "launches",
        grouped(launches),
        `of every rank, for ${direction === "dispatch" ? "a dispatch" : "a combine"}`,
      ],
      ["messages", grouped(messages), "between ranks"],
      ...tiers,
    ],
    ["left", "right", "left"],
  );
}

const trafficWords = {
  demand: "drawn from the plan's demand",
  "to-one": "all for one rank",
  gaps: "the demand, with ranks that send nothing and ranks that receive nothing",
  "one-token": "a single token",
  empty: "none",
  given: "given",
} as const satisfies Record<ExchangeRunResult["traffic"], string>;

function verdictLines({ failure, direction }: ExchangeRunResult, colors: Colors): readonly string[] {
  if (failure === undefined)
    return [
      direction === "dispatch"
        ? "Every row is where it belongs, byte for byte."
        : "Every token has the sum of what its destinations gave back, exactly.",
    ];
  if (failure.kind === "over_capacity") return wrapped(`Nothing was moved: ${failure.message}.`, WIDTH);
  return [
    colors.bold("The plan is wrong"),
    ...wrapped(`${failure.kind}: ${failure.message}`, WIDTH).map((line) => `  ${line}`),
  ];
}
