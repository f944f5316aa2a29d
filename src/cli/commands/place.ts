// weft place: a placement of experts alone, for loads from any system.
import { diagnostic, type Diagnostic } from "../../diagnostics/report.js";
import {
  emittedPlacement,
  placeExperts,
  placeLimits,
  placementPage,
  renderPlacement,
  type PlaceExpertsOptions,
  type PlacementReport,
} from "../../index.js";
import { pinOption, positiveOption, wholeListOption, wholeOption } from "../numbers.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";
import { paletteOf, ProgressLine } from "../terminal.js";
import { usageError } from "../usage.js";
import { writeFiles, type OutputFile } from "../write-files.js";

export interface PlaceFlags {
  readonly gpus: string;
  readonly nodes: string;
  readonly slots?: string;
  readonly groups?: string;
  readonly topK?: string;
  readonly topGroups?: string;
  readonly experts?: string;
  readonly tokens?: string;
  readonly model?: string;
  readonly cluster?: string;
  readonly groupsOnNodes: boolean;
  readonly constraints?: string;
  readonly exclude?: string;
  readonly gpuSlots?: string;
  readonly pin?: string;
  readonly window: string;
  readonly budget?: string;
  readonly coactivation?: string;
  readonly evenSplit: boolean;
  readonly exact: boolean;
  readonly from?: string;
  readonly maxMoves?: string;
  readonly moveCost?: string;
  readonly report?: string;
  readonly emit?: "eplb" | "sglang" | "vllm";
  readonly output: string;
  readonly json: boolean;
}

export async function placeCommand(loads: readonly string[], flags: PlaceFlags): Promise<Outcome> {
  refuseImpossible(flags);
  const progress = new ProgressLine(process.stderr);
  const options: PlaceExpertsOptions = {
    ...optionsOf(loads, flags),
    onProgress: (share) => {
      progress.show(`placing: ${String(Math.floor(100 * share)).padStart(3)} %`);
    },
  };
  const { report, ...findings } = await placeExperts(options);
  progress.clear();
  const found = shown(findings);
  if (report === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const fail = (diagnostic: Diagnostic): Outcome => ({
    ...found,
    diagnostics: [...found.diagnostics, diagnostic],
    exit: exitCodes.inputAtFault,
  });
  const written = await writtenFiles(report, flags);
  if ("refused" in written)
    return {
      ...fail(written.refused),
      fields: report,
      notice: await renderPlacement(report, paletteOf(process.stderr)),
    };
  const { files, notice } = written;
  const [printed] = files.filter(({ path }) => path === "-");
  const saved = files.filter(({ path }) => path !== "-");
  const failure = writeFiles(saved);
  if (failure !== undefined) return fail(failure);
  const outputs = saved.map(({ path }) => path);
  const text = await renderPlacement(
    report,
    paletteOf(printed === undefined ? process.stdout : process.stderr),
  );
  return {
    ...found,
    exit: exitCodeOf(found.diagnostics),
    fields: { ...report, ...(outputs.length === 0 ? {} : { outputs }) },
    ...(printed === undefined
      ? { result: text, notice: notice.map((each) => `${each}\n`).join("") }
      : { result: printed.text, notice: [text, ...notice.map((each) => `${each}\n`)].join("") }),
  };
}

/** What was asked for besides the report on the standard output. `-` is that, too. */
async function writtenFiles(
  report: PlacementReport,
  flags: PlaceFlags,
): Promise<
  | { readonly files: readonly OutputFile[]; readonly notice: readonly string[] }
  | { readonly refused: Diagnostic }
> {
  const files: OutputFile[] = [];
  const notice: string[] = [];
  if (flags.report !== undefined) files.push({ path: flags.report, text: await placementPage(report) });
  if (flags.emit !== undefined) {
    const emitted = await emittedPlacement(report, flags.emit);
    if ("reason" in emitted) {
      const { reason, hint: advice } = emitted;
      const span = { source: `--emit ${flags.emit}`, start: 0, end: 0 };
      return { refused: diagnostic("not-emittable-placement", span, { system: flags.emit, reason, advice }) };
    }
    files.push({ path: flags.output, text: emitted.text });
    notice.push(emitted.loading, ...emitted.notes);
  }
  return { files, notice };
}

function refuseImpossible({
  json,
  report,
  emit,
  output,
  from,
  maxMoves,
  moveCost,
  window,
  exact,
}: PlaceFlags): void {
  const refuse = (option: string, problem: string, advice: string): Error =>
    usageError("wrong-arguments", option, { problem, advice });
  const printing = [
    ...(report === "-" ? ["--report -"] : []),
    ...(emit !== undefined && output === "-" ? ["--emit without -o FILE"] : []),
  ];
  if (json) printing.push("--json");
  if (printing.length > 1)
    throw refuse(
      printing[0]!,
      `${printing.join(" and ")} both want the standard output`,
      "Name files for all but one.",
    );
  if (emit === undefined && output !== "-")
    throw refuse(
      `-o ${output}`,
      "-o says where --emit writes to, and there is no --emit",
      "Write --emit sglang, for example.",
    );
  if (maxMoves !== undefined && moveCost !== undefined)
    throw refuse("--move-cost", "--max-moves and --move-cost both limit the moves", "Keep one of them.");
  const limit = maxMoves === undefined ? (moveCost === undefined ? undefined : "--move-cost") : "--max-moves";
  if (limit !== undefined && from === undefined)
    throw refuse(
      limit,
      `${limit} limits moves from a placement, and --from names none`,
      "Name the placement that serves now.",
    );
  if (from !== undefined && window === "worst")
    throw refuse(
      "--window worst",
      "--from moves experts for the mean of windows, or for one",
      "Write --window mean, or a window's number.",
    );
  if (exact && (from !== undefined || window === "worst"))
    throw refuse(
      "--exact",
      "--exact places from nothing, for one set of loads",
      "Leave out --from and --window worst.",
    );
}

/** The options as the Node API takes them. */
function optionsOf(loads: readonly string[], flags: PlaceFlags): PlaceExpertsOptions {
  if ([flags.slots, flags.gpuSlots, flags.from, flags.constraints].every((each) => each === undefined))
    throw usageError("wrong-arguments", "command line", {
      problem: "it says nothing of how many slots there are",
      advice: "Write --slots 288, for example, or --gpu-slots with a number for each GPU.",
    });
  const whole = (option: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : wholeOption(option, text);
  const list = (option: string, text: string | undefined): readonly number[] | undefined =>
    text === undefined ? undefined : wholeListOption(option, text);
  return {
    loads,
    gpus: wholeOption("--gpus", flags.gpus, 1, placeLimits.gpus),
    nodes: wholeOption("--nodes", flags.nodes, 1, placeLimits.gpus),
    slots: flags.slots === undefined ? undefined : wholeOption("--slots", flags.slots, 1, placeLimits.slots),
    groups: whole("--groups", flags.groups),
    topK: whole("--top-k", flags.topK),
    topGroups: whole("--top-groups", flags.topGroups),
    experts: whole("--experts", flags.experts),
    tokensPerGpu: whole("--tokens", flags.tokens),
    model: flags.model,
    cluster: flags.cluster,
    groupsOnNodes: flags.groupsOnNodes,
    constraints: flags.constraints,
    excluded: list("--exclude", flags.exclude),
    gpuSlots: slotsOf(flags.gpuSlots),
    pins: flags.pin === undefined ? undefined : pinOption("--pin", flags.pin),
    coactivation: flags.coactivation,
    // Whatever loads an emitted file divides tokens evenly.
    evenSplit: flags.evenSplit || flags.emit !== undefined,
    exact: flags.exact,
    from: flags.from,
    moves: movesOf(flags),
    window: windowOf(flags.window),
    effort:
      flags.budget === undefined
        ? undefined
        : positiveOption("--budget", flags.budget, "10", placeLimits.effort),
  };
}

function slotsOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const slots = wholeListOption("--gpu-slots", text);
  const sum = slots.reduce((all, each) => all + each, 0);
  if (sum <= placeLimits.slots) return slots;
  throw usageError("wrong-arguments", `--gpu-slots ${text}`, {
    problem: `--gpu-slots takes slots that sum to at most ${String(placeLimits.slots)}, and these sum to ${String(sum)}`,
    advice: "State fewer for each GPU.",
  });
}

function movesOf({ maxMoves, moveCost }: PlaceFlags): PlaceExpertsOptions["moves"] {
  if (maxMoves !== undefined) return { maxMoves: wholeOption("--max-moves", maxMoves, 0) };
  return moveCost === undefined ? undefined : { moveCostUs: positiveOption("--move-cost", moveCost, "50") };
}

function windowOf(text: string): PlaceExpertsOptions["window"] {
  if (text === "mean" || text === "worst") return text;
  if (/^\d+$/.test(text)) return wholeOption("--window", text, 0);
  throw usageError("wrong-arguments", `--window ${text}`, {
    problem: `--window takes mean, worst or the number of a window, not "${text}"`,
    advice: "Write --window worst, for example.",
  });
}
