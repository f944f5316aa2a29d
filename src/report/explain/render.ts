// An explanation as text for people: the sentences first, then the tables that they rest on.
import { plain, type Colors } from "../../diagnostics/render-text.js";
import { columns, section, wrapped } from "../layout.js";
import { figureName, signedPercent } from "../prediction-words.js";
import { measuredSentence, measuredTable } from "../measured/render.js";
import { counted, grouped, percent, significant, size, time } from "../units.js";
import type { Choice } from "./choices.js";
import type { Explanation } from "./explanation.js";
import type { ExpertPeak, Heat } from "./heat.js";
import { placedLines } from "./placed-lines.js";
import type { Reason, Standstill } from "./standstills.js";
import { lossWords } from "./summary-sentences.js";

const WIDTH = 100;
/** Lines of a table that are worth reading; --json has all. */
const MOST = 6;
/** A stretch shorter than this share of the step is left out of tables. */
const LEAST = 0.0005;

/** Ends in a newline. `timeline`: lines of a picture of one layer. */
export function renderExplanation(
  explanation: Explanation,
  timeline: readonly string[],
  colors: Colors = plain,
): string {
  const { run } = explanation;
  const part = (heading: string, lines: readonly string[]): readonly string[] =>
    section(colors.bold(heading), lines);
  const lines = [
    colors.bold(title(explanation)),
    "",
    ...part("In short", explanation.summary.flatMap(bullet)),
    ...part("Choices", explanation.decisions.flatMap(choiceLines)),
    ...part("Prices that were measured", measuredLines(explanation)),
    ...part(`From the bound to the step, on rank ${explanation.losses.rank}`, lossLines(explanation)),
    ...part(
      `What hides what: a layer of ${run.block}, mean of ${counted(run.layers, "layer")} and all ranks`,
      transferLines(explanation),
    ),
    ...part("Exchanges over their bounds (rows moving in a layer, mean of all)", exchangeLines(explanation)),
    ...part("One such layer", timeline),
    ...part(
      "What is exposed: time without a kernel, by what the next one hangs on (a step, mean of ranks)",
      standstillLines(explanation),
    ),
    ...part("Who is waited for", waitedLines(explanation)),
    ...part("Where rows crowd", explanation.loads.flatMap(heatLines)),
    ...part(
      "Where experts live, and what else that could have been",
      explanation.placed.flatMap((each) => placedLines(each, WIDTH)),
    ),
    ...part("The same launches, if one thing cost nothing", freeLines(explanation)),
    ...part("If a figure changed, the order of events being the same", figureLines(explanation)),
    ...part("The same launches, if another library moved the rows", transportLines(explanation)),
    ...part("Lower bounds", boundLines(explanation)),
    ...part("Memory of a GPU, and what it grows with", memoryLines(explanation)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function measuredLines({ profile }: Explanation): readonly string[] {
  return profile === undefined
    ? []
    : [...wrapped(measuredSentence(profile), WIDTH), ...measuredTable(profile)];
}

function title({ model, schedule, mode, ranks, machine, ...plan }: Explanation): string {
  const { micro_batches: micro, tokens_per_micro_batch: tokens } = plan;
  const how = mode === schedule ? schedule : `${schedule} (${mode})`;
  const each = tokens === undefined ? "" : ` of ${grouped(tokens)} tokens`;
  return `${model}, ${how}: ${counted(ranks, "GPU")} of ${machine}, ${counted(micro, "micro-batch", "micro-batches")}${each} on each`;
}

const bullet = (sentence: string): readonly string[] =>
  wrapped(sentence, WIDTH - 2).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));

const whyWords: Readonly<Record<Choice["why"], string>> = {
  pinned: "as the schedule says",
  fastest: "the fastest of those tried",
  only_possible: "the only one that is possible",
  only_candidate: "the only candidate",
};

function choiceLines({ name, layer, choice, why, alternatives, setting, span }: Choice): readonly string[] {
  const where = layer === undefined ? "" : ` of layer ${layer}`;
  const said = setting.length > 60 ? `${setting.slice(0, 57)}...` : setting;
  const lost = alternatives.map(({ choice: loser, slower_us: us, slower_share: share, reason }) => {
    if (us === null || share === null) return [loser, "", "not possible", reason ?? ""];
    if (us === 0) return [loser, "", "as fast", ""];
    const word = us > 0 ? "slower" : "faster";
    return [loser, time(Math.abs(us)), `${percent(Math.abs(share), 1)} ${word}`, ""];
  });
  return [
    `${name}${where}: ${choice}`,
    `    ${whyWords[why]}; \`${said}\` in ${span.file}:${span.start.line}`,
    ...columns(lost, ["left", "right", "right"]).map((line) => `    lost: ${line}`),
  ];
}

function lossLines({ losses, step_time_us: step }: Explanation): readonly string[] {
  const rows = losses.parts
    .filter(({ us }) => us > LEAST * step)
    .map(({ name, us }) => [time(us), percent(us, step), lossWords[name]]);
  return columns([...rows, [time(step), percent(step, step), "the step"]], ["right", "right"]);
}

function transferLines({ transfers }: Explanation): readonly string[] {
  if (transfers.length === 0) return [];
  const rows = transfers.map((each) => [
    each.transfer,
    size(each.bytes),
    time(each.waits_us),
    time(each.moves_us),
    percent(each.hidden_us, each.moves_us),
    each.behind
      .slice(0, 3)
      .map(({ node, share }) => (share > 0.995 ? node : `${node} ${percent(share, 1)}`))
      .join(", "),
  ]);
  return [
    ...columns(
      [["transfer", "a rank sends", "waits", "moves", "hidden", "behind (share of what is hidden)"], ...rows],
      ["left", "right", "right", "right", "right"],
    ),
    "waits: until all ranks that it joins have come; hidden: a kernel of the rank runs while the data moves",
  ];
}

const exchangeLines = ({ exchanges }: Explanation): readonly string[] =>
  exchanges.map(
    ({ exchange, direction, time_us, bound_us, bound_by, over_bound }) =>
      `exchange ${exchange}: ${direction} ${time(time_us)}, ${over_bound.toFixed(2)}x its bound of ${time(bound_us)} (${bound_by})`,
  );

const reasonWords: Readonly<Record<Reason, string>> = {
  rows: "experts need its rows",
  layer_end: "the layer ends with what it brings",
  counts: "the host cannot issue what follows without the counts",
  host: "it has not issued the next kernel yet",
  slower_ranks: "the rank has ended before the slowest",
  kernel: "another kernel must end first",
};

function standstillLines({ standstills, step_time_us: step }: Explanation): readonly string[] {
  const shown = standstills.filter(({ total_us }) => total_us > LEAST * step).slice(0, MOST);
  if (shown.length === 0) return ["nothing worth a line"];
  const row = ({ on, total_us, waits_for_ranks_us, before, reason }: Standstill): readonly string[] => [
    on,
    time(total_us),
    percent(total_us, step),
    percent(waits_for_ranks_us, total_us),
    before,
    reasonWords[reason],
  ];
  return columns(
    [["hangs on", "time", "of step", "of it waiting for ranks", "next kernel", "why"], ...shown.map(row)],
    ["left", "right", "right", "right"],
  );
}

function waitedLines({ waited_for: waited, step_time_us: step }: Explanation): readonly string[] {
  if (waited.exposed_wait_us < LEAST * step) return ["no rank waits long for another"];
  const shares = (list: readonly (readonly [string, number])[]): string =>
    list
      .slice(0, 4)
      .map(([name, share]) => `${name} ${percent(share, 1)}`)
      .join(", ");
  const otherwise = waited.otherwise > LEAST ? `; itself held up ${percent(waited.otherwise, 1)}` : "";
  return [
    `a rank waits ${time(waited.exposed_wait_us)} of a step (${percent(waited.exposed_wait_us, step)}) without computing`,
    `last to come:     ${shares(waited.ranks.map(({ rank, share }) => [`rank ${rank}`, share]))}`,
    `busy with:        ${shares(waited.nodes.map(({ node, share }) => [node, share]))}${otherwise}`,
  ];
}

/** The ranks that hold an expert, with what each takes of its tokens where they do not share evenly. */
function holders({ replicas, ranks, split }: ExpertPeak): string {
  const uneven = split.some((share) => share !== split[0]);
  const each = ranks.map((rank, at) => (uneven ? `${rank} (${percent(split[at]!, 1)})` : String(rank)));
  return `${ranks.length === 1 ? "rank" : "ranks"} ${each.join(", ")}${replicas > 1 ? ` (${replicas} replicas)` : ""}`;
}

function heatLines(heat: Heat): readonly string[] {
  const list = (experts: readonly number[]): string => {
    const more = experts.length > 6 ? `, and ${experts.length - 6} more` : "";
    return `${experts.length === 1 ? "expert" : "experts"} ${experts.slice(0, 6).join(", ")}${more}`;
  };
  const ranks = heat.peaks.map(({ layer, rank, rows, factor, experts }) => [
    `layer ${layer}`,
    `rank ${rank}`,
    `${grouped(rows)} rows`,
    `${significant(factor)} x`,
    list(experts),
  ]);
  const experts = heat.experts.map((peak) => [
    `layer ${peak.layer}`,
    `expert ${peak.expert}`,
    percent(peak.share, 1),
    `${significant(peak.factor)} x`,
    `on ${holders(peak)}`,
  ]);
  const often = heat.hottest
    .slice(0, MOST)
    .map(({ rank, layers }) => `rank ${rank} in ${layers}`)
    .join(", ");
  return [
    `${heat.exchange}, ${heat.distribution}: a rank receives ${grouped(heat.mean_rows)} rows on average;`,
    `the fullest of a layer ${significant(heat.mean_peak)} times that, mean of ${counted(heat.layers, "layer")}; most often ${often}`,
    "fullest ranks",
    ...columns(ranks, ["left", "left", "right", "right"]).map((line) => `  ${line}`),
    "hottest experts, share of all choices of a layer",
    ...columns(experts, ["left", "left", "right", "right"]).map((line) => `  ${line}`),
  ];
}

const freeWords: Readonly<Record<Explanation["if_free"][number]["name"], string>> = {
  equal_loads: "every expert is chosen equally often",
  free_links: "transfers end as soon as all their ranks have come",
  free_transfer_sms: "transfers hold no SMs",
  free_host: "the host takes no time",
};

function freeLines({ if_free, step_time_us: step }: Explanation): readonly string[] {
  return columns(
    if_free.map(({ name, step_time_us: other }) => [
      time(other),
      other > step ? `${percent(other - step, step)} more` : `${percent(step - other, step)} less`,
      freeWords[name],
    ]),
    ["right", "right"],
  );
}

function figureLines({ sensitivity }: Explanation): readonly string[] {
  const shown = sensitivity.filter((each) => Math.abs(each.step_time_change) > LEAST).slice(0, MOST);
  return columns(
    shown.map((each) => [
      `${signedPercent(each.change)} ${figureName(each)}`,
      signedPercent(each.step_time_change),
      "of the step",
    ]),
    ["left", "right"],
  );
}

function transportLines({ transports, step_time_us: step }: Explanation): readonly string[] {
  return transports.map(({ transport, step_time_us: other }, at) => {
    const change = percent(Math.abs(other - step), step);
    const beside = at === 0 ? "as in this plan" : `${other > step ? "+" : "-"}${change}`;
    return `with transport ${transport}: ${time(other)} (${beside})`;
  });
}

function boundLines({ lower_bounds, step_time_us: step }: Explanation): readonly string[] {
  return columns(
    lower_bounds
      .filter(({ time_us }) => time_us > 0)
      .map(({ bound_by, time_us }) => [time(time_us), percent(time_us, step), `of the step: ${bound_by}`]),
    ["right", "right"],
  );
}

function memoryLines({ memory, loads, peak_memory_bytes: peak }: Explanation): readonly string[] {
  const room = loads.map(
    ({ exchange, room_rows: rows, mean_rows: mean, policy, peaks }) =>
      `${exchange}: a rank has room for ${grouped(rows)} rows, ${significant(rows / mean)} times the mean` +
      ` (${policy}); ${grouped(peaks[0]?.rows ?? 0)} are expected at most`,
  );
  const rows = memory.parts.map(({ name, bytes, grows }) => [
    name,
    size(bytes),
    percent(bytes, memory.available_bytes),
    grows
      .slice(0, 3)
      .map(({ with: dimension, doubled_adds_bytes: adds }) => `${dimension} +${size(adds)}`)
      .join(", "),
  ]);
  const table = columns(
    [
      ["part", "size", "of GPU", "grows, if this doubled, by"],
      ["all", size(peak), percent(peak, memory.available_bytes), ""],
      ...rows,
    ],
    ["left", "right", "right"],
  );
  return [...table, ...room.flatMap((line) => wrapped(line, WIDTH))];
}
