// The essence of an explanation: a few sentences that stand on their own in a design review.
import type { Variation } from "../../simulate/index.js";
import { boundText, sensitivityText, sharesText } from "../prediction-words.js";
import { counted, percent, rate, significant, size, time } from "../units.js";
import type { ExplainedPlan } from "./explained-plan.js";
import type { LossName } from "./losses.js";

/** What gains less than this share of the step is no news. */
const NEWS = 0.02;

export function summarySentences(plan: ExplainedPlan): readonly string[] {
  return [
    speed(plan),
    costs(plan),
    account(plan),
    crowding(plan),
    ...dropping(plan),
    ...hiding(plan),
    elsewhere(plan),
    ...sensitive(plan),
    ...choices(plan),
    memory(plan),
  ];
}

function speed(plan: ExplainedPlan): string {
  const { model, ranks, machine, step_time_us: step } = plan;
  return (
    `A step of ${model} on ${counted(ranks, "GPU")} of ${machine} takes ${time(step)}, ` +
    `${rate(plan.tokens_per_second)} tokens/s. That is ${boundText(plan)}, ` +
    "which no schedule of this graph, placement and traffic beats."
  );
}

/** What the step goes to. */
const costs = ({ shares, losses }: ExplainedPlan): string =>
  `The step of rank ${losses.rank} goes to: ${sharesText(shares)}.`;

export const lossWords: Readonly<Record<LossName, string>> = {
  kernels_at_peak: "kernels at the GPU's peak rates",
  kernels_below_peak: "kernels that do not reach the peak",
  sms_of_transfers: "kernels slowed by transfers, which hold SMs and use memory",
  waits_for_ranks: "nothing to compute, waiting for other ranks",
  moving_data: "nothing to compute, data moving",
  waits_for_counts: "nothing to compute, the host reading counts",
  idle: "nothing to compute, other reasons",
};

/** Something that is there for this share of the step leaves no room to anything else. */
const FULL = 0.9;

function account({
  losses,
  compute_us: compute,
  communication_us: transferring,
  step_time_us: step,
}: ExplainedPlan): string {
  const parts = losses.parts
    .filter(({ us }) => us > NEWS * step)
    .map(({ name, us }) => `${percent(us, step)} ${lossWords[name]}`);
  // Kernels first: where they fill the step, faster links gain nothing.
  const pace =
    compute > FULL * step
      ? " So the kernels set the pace."
      : transferring > FULL * step
        ? " So the links set the pace."
        : "";
  return (
    `Rank ${losses.rank} computes longest; its step is ${parts.join(", ")}. ` +
    `It transfers for ${percent(transferring, step)} of the step.${pace}`
  );
}

/** What uneven loads cost. */
function crowding({ loads, if_free, step_time_us: step }: ExplainedPlan): string {
  const gain = step - (if_free.find(({ name }) => name === "equal_loads")?.step_time_us ?? step);
  const hottest = [...loads].sort((one, other) => other.mean_peak - one.mean_peak)[0];
  const peak = hottest?.peaks[0];
  if (hottest === undefined || peak === undefined) return "No rows travel between ranks.";
  const factors =
    `the fullest rank of a layer receives ${significant(hottest.mean_peak)} times the mean of all ranks on average, ` +
    `${significant(peak.factor)} times in layer ${peak.layer}`;
  if (gain < 0)
    return `The placement suits the routing: ${factors}; with equal loads the plan would be slower.`;
  if (gain < NEWS * step) return `Loads are even enough: ${factors}, which costs ${percent(gain, step)}.`;
  return (
    `Uneven experts cost ${time(gain)}, ${percent(gain, step)} of the step: ${factors}. ` +
    `With every expert chosen equally often the same plan takes ${time(step - gain)}.`
  );
}

/** What a capacity costs the model, not the step. */
function dropping({ dropped_share: share, loads }: ExplainedPlan): readonly string[] {
  if (share === undefined) return [];
  return [
    `At the declared routing ${percent(share, 1)} of all (token, expert) pairs exceed the capacity and are dropped` +
      `${loads.length === 0 ? "" : ` (${[...new Set(loads.map((each) => each.policy))].join("; ")})`}; ` +
      "their results count as zero, and the other weights of a token stay as they are.",
  ];
}

function hiding({ transfers }: ExplainedPlan): readonly string[] {
  const moves = transfers.reduce((sum, each) => sum + each.moves_us, 0);
  const hidden = transfers.reduce((sum, each) => sum + each.hidden_us, 0);
  if (moves === 0) return [];
  const [worst] = [...transfers].sort(
    (one, other) => other.moves_us - other.hidden_us - (one.moves_us - one.hidden_us),
  );
  const least =
    worst === undefined || moves - hidden < NEWS * moves
      ? ""
      : `; least of ${worst.transfer}, ${percent(worst.hidden_us, worst.moves_us)}`;
  return [`Of the time in which data moves, ${percent(hidden, moves)} is hidden behind kernels${least}.`];
}

const freeWords: Readonly<Record<Exclude<Variation["name"], "equal_loads">, string>> = {
  free_links: "links that take no time",
  free_transfer_sms: "transfers that hold no SMs",
  free_host: "a host that takes no time",
};

/** What links, SMs and host could give at most. */
function elsewhere({ if_free, step_time_us: step }: ExplainedPlan): string {
  const gains = if_free.flatMap(({ name, step_time_us: other }) =>
    name === "equal_loads" ? [] : [`${percent(Math.max(0, step - other), step)} from ${freeWords[name]}`],
  );
  return `The most that the same launches could gain otherwise: ${gains.join(", ")}.`;
}

/** The figures that the prediction hangs on. */
const sensitive = ({ sensitivity }: ExplainedPlan): readonly string[] => {
  const text = sensitivityText(sensitivity);
  return text === undefined ? [] : [`${text}.`];
};

/** Nothing hangs on a choice that makes a step less than this share longer. */
const HANGS = 0.005;

/** The choices on which most hangs. */
function choices({ decisions }: ExplainedPlan): readonly string[] {
  const mattered = decisions
    .filter(({ pinned }) => !pinned)
    .flatMap(({ name, choice, alternatives }) => {
      const possible = alternatives.filter((each) => each.slower_share !== null);
      const nearest = possible[0];
      const share = nearest?.slower_share ?? 0;
      return nearest === undefined ? [] : [{ name, choice, nearest: nearest.choice, share }];
    })
    .filter(({ share }) => Math.abs(share) >= HANGS)
    .sort((one, other) => other.share - one.share)
    .slice(0, 3)
    .map(
      ({ name, choice, nearest, share }) =>
        `${name} ${choice} (${nearest} is ${percent(Math.abs(share), 1)} ${share < 0 ? "faster" : "slower"})`,
    );
  return mattered.length === 0 ? [] : [`Choices on which most hangs: ${mattered.join("; ")}.`];
}

function memory({ peak_memory_bytes: peak, memory: { available_bytes, parts } }: ExplainedPlan): string {
  const [largest] = parts;
  const of = largest === undefined ? "" : `, ${size(largest.bytes)} of it ${largest.name}`;
  return `A GPU holds ${size(peak)} of ${size(available_bytes)}${of}.`;
}
