// What `weft compile` says about a plan: what was decided and what lost, the prediction beside its bound, the memory.
import { plain, type Colors } from "../diagnostics/render-text.js";
import type { Decision, LaunchPlan, Prediction } from "../plan/index.js";
import type { VerifyResult } from "../verify/index.js";
import { columns, section, wrapped } from "./layout.js";
import { measuredSentence } from "./measured/render.js";
import { reportMeasured } from "./measured/report.js";
import { memoryParts } from "./memory-parts.js";
import { boundText, sensitivityText, sharesText } from "./prediction-words.js";
import type { SimulatedPlan } from "./simulated-plan.js";
import { drawTimeline } from "./timeline.js";
import { counted, grouped, percent, rate, size, time } from "./units.js";

export interface Written {
  readonly proof: VerifyResult;
  readonly outputs: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
}

/** Losers shown for one decision; the plan holds all of them. */
const MOST_LOSERS = 4;

/** Columns of what is said in words alone. */
const TEXT_WIDTH = 80;

/** The summary of a compiled plan. Ends in a newline. */
export function summarise(
  plan: LaunchPlan,
  written: Written,
  colors: Colors = plain,
  simulated?: SimulatedPlan,
): string {
  const { why } = plan;
  const heading = (text: string): string => colors.bold(text);
  const lines = [
    heading(title(plan)),
    "",
    ...(why === undefined
      ? []
      : [
          ...section(
            heading(`Decided, by the time of a step (${time(why.prediction.step_time_us)} as chosen)`),
            why.decisions.filter(({ placed }) => placed === undefined).flatMap((each) => decisionLines(each)),
          ),
          ...section(heading("Predicted, for one step"), predictionLines(why.prediction)),
          ...section(heading("Measured"), measuredLines(simulated)),
          ...section(heading("Timeline"), drawTimeline(plan, simulated)),
        ]),
    ...section(heading("Memory of a GPU"), memoryLines(plan)),
    ...writtenLines(written, colors),
  ];
  return `${lines.join("\n")}\n`;
}

/** Model, schedule, machine and micro-batches on one line, and who moves rows where it is not NCCL. */
export function title({ schedule, model, machine, world, dimensions, exchanges }: LaunchPlan): string {
  const tokens = dimensions.find(({ name }) => name === "tokens")?.value;
  const micro = counted(schedule.micro_batches, "micro-batch", "micro-batches");
  const each = tokens === undefined ? "" : ` of ${grouped(tokens)} tokens`;
  const mode = schedule.name === schedule.mode ? "" : ` (${schedule.mode})`;
  const gpus = `${counted(world, "GPU")} of ${machine.name}`;
  const other = exchanges.find(({ transport }) => transport !== "nccl")?.transport;
  const carried = other === undefined ? "" : `, rows by ${other}`;
  return `${model.name}, ${schedule.name}${mode}: ${gpus}, ${micro}${each} on each${carried}`;
}

function decisionLines({ name, layer, choice, pinned, price_us, alternatives }: Decision): readonly string[] {
  const where = layer === undefined ? "" : ` of layer ${layer}`;
  const possible = alternatives.some((each) => each.price_us !== null);
  const reason = pinned
    ? "as the schedule says"
    : possible
      ? "the fastest of those tried"
      : alternatives.length > 0
        ? "the only one that is possible"
        : "the only candidate";
  const losers = alternatives
    .slice(0, MOST_LOSERS)
    .map(({ choice: loser, price_us: price, reason: obstacle }) =>
      price === null
        ? [loser, "not possible", obstacle ?? ""]
        : [loser, time(price), price === price_us ? "as fast" : difference(price, price_us)],
    );
  const more = alternatives.length - losers.length;
  return [
    `${name}${where}: ${choice}  (${reason})`,
    ...columns(losers, ["left", "right", "left"]).map((line) => `    lost: ${line}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

/** What of the prices was measured, in a sentence. */
export function measuredLines(simulated: SimulatedPlan | undefined): readonly string[] {
  const report = simulated && reportMeasured(simulated.priced);
  return report === undefined ? [] : wrapped(measuredSentence(report), TEXT_WIDTH);
}

/** How much slower, or in the odd case faster, a price is. */
function difference(price: number, chosen: number): string {
  return `${percent(Math.abs(price - chosen), chosen)} ${price > chosen ? "slower" : "faster"}`;
}

/** Rows of a text without a number of its own; none for an empty one. */
const told = (label: string, text: string): readonly (readonly string[])[] =>
  text === "" ? [] : wrapped(text, TEXT_WIDTH).map((line, at) => [at === 0 ? label : "", "", "", line]);

/** A prediction, one quantity a line. */
export function predictionLines(prediction: Omit<Prediction, "streams">): readonly string[] {
  const step = prediction.step_time_us;
  const share = (us: number): string => percent(us, step);
  return columns(
    [
      ["step time", time(step), "", boundText(prediction)],
      ...told("costs", sharesText(prediction.shares)),
      ...told("sensitivity", sensitivityText(prediction.sensitivity) ?? ""),
      ["throughput", `${rate(prediction.tokens_per_second)}/s`, "", "new tokens of all GPUs a second"],
      [
        "compute",
        time(prediction.compute_us),
        share(prediction.compute_us),
        "of the step the busiest rank computes",
      ],
      [
        "communication",
        time(prediction.communication_us),
        share(prediction.communication_us),
        "of the step it transfers, or waits for other ranks to",
      ],
      [
        "exposed",
        time(prediction.exposed_communication_us),
        share(prediction.exposed_communication_us),
        "of the step it does that and computes nothing",
      ],
      [
        "host waits",
        time(prediction.host_wait_us),
        share(prediction.host_wait_us),
        "of the step it is idle until its host knows the counts",
      ],
      ["lower bound", time(prediction.lower_bound_us), "", "no schedule of this graph and traffic is faster"],
      ...(prediction.dropped_share === undefined
        ? []
        : [
            [
              "dropped",
              percent(prediction.dropped_share, 1),
              "",
              "of all (token, expert) pairs exceed the capacity at the declared routing",
            ],
          ]),
    ],
    ["left", "right", "right", "left"],
  );
}

function memoryLines(plan: LaunchPlan): readonly string[] {
  const total = plan.memory.total.value;
  const available = plan.machine.gpu.memory_bytes;
  return columns(
    [
      ["peak", size(total), percent(total, available), `of the GPU's ${size(available)}`],
      ...memoryParts(plan).map(({ name, bytes, meaning }) => [
        name,
        size(bytes),
        percent(bytes, available),
        meaning,
      ]),
    ],
    ["left", "right", "right", "left"],
  );
}

function writtenLines({ proof, outputs, sha256, bytes }: Written, colors: Colors): readonly string[] {
  const proved = proof.properties.map(({ name }) => name).join(", ");
  const wrote = outputs.length === 0 ? "the standard output" : outputs.join(", ");
  return [
    `${colors.bold("Proved")}   ${proved}`,
    `${colors.bold("Written")}  ${wrote} (${size(bytes)}, sha256 ${sha256.slice(0, 16)}...)`,
  ];
}
