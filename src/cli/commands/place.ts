// weft place: a placement of experts alone, for loads from any system.
import { placeExperts, renderPlacement, type PlaceExpertsOptions } from "../../index.js";
import { pinOption, positiveOption, wholeListOption, wholeOption } from "../numbers.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";
import { paletteOf, ProgressLine } from "../terminal.js";
import { usageError } from "../usage.js";

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
  readonly json: boolean;
}

export async function placeCommand(loads: readonly string[], flags: PlaceFlags): Promise<Outcome> {
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
  return {
    ...found,
    exit: exitCodes.yes,
    fields: report,
    result: await renderPlacement(report, paletteOf(process.stdout)),
  };
}

/** The options as the Node API takes them. */
function optionsOf(loads: readonly string[], flags: PlaceFlags): PlaceExpertsOptions {
  if (flags.slots === undefined && flags.gpuSlots === undefined)
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
    gpus: wholeOption("--gpus", flags.gpus),
    nodes: wholeOption("--nodes", flags.nodes),
    slots: whole("--slots", flags.slots),
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
    gpuSlots: list("--gpu-slots", flags.gpuSlots),
    pins: flags.pin === undefined ? undefined : pinOption("--pin", flags.pin),
    window: windowOf(flags.window),
    effort: flags.budget === undefined ? undefined : positiveOption("--budget", flags.budget, "10"),
  };
}

function windowOf(text: string): PlaceExpertsOptions["window"] {
  return text === "mean" || text === "worst" ? text : wholeOption("--window", text, 0);
}
