// Plants damage in the programs of examples, and tells what was found of it.
import { table } from "../../../bench/table.js";
import { inFolder, planOfExample } from "../program.js";
import { Hunt, missed, type Run } from "./hunt.js";
import { kinds, type Damage, type Kind } from "./kinds.js";

/** Examples with few of their equal layers, and on few of their nodes, whose programs have the same cells. */
export const subjects: Readonly<Record<string, readonly string[]>> = {
  "mixtral-8x7b-prefill": ["Mixtral.depth=2"],
  "deepseek-v2-lite-prefill": ["DeepSeekV2Lite.moe_layers=2"],
  "deepseek-v3-prefill": ["DeepSeekV3.moe_layers=2", "H800.nodes=2", "prefill.parallel.ep=16"],
  "deepseek-v3-shortcut": ["DeepSeekV3.moe_layers=2", "H800.nodes=2", "prefill.parallel.ep=16"],
  "deepseek-v3-decode": ["DeepSeekV3.moe_layers=2", "H800.nodes=2", "decode.parallel.ep=16"],
};

export interface Wanted {
  readonly examples: readonly string[];
  /** Kinds whose names contain this. */
  readonly kind: string;
  /** Places of each kind, spread over all that there are. */
  readonly most: number;
  readonly seeds: readonly number[];
  readonly log?: (line: string) => void;
}

export interface Surveyed {
  readonly example: string;
  readonly kind: string;
  /** Places where damage can be; those where it changes nothing; those that were tried. */
  readonly places: number;
  readonly harmless: number;
  readonly planted: readonly Damage[];
  readonly runs: number;
  /** What was not found by every order and seed. */
  readonly missed: readonly { readonly place: string; readonly runs: readonly Run[] }[];
  /** What a finding reads like. */
  readonly said: string;
}

export async function survey({ examples, kind, most, seeds, log }: Wanted): Promise<readonly Surveyed[]> {
  const result: Surveyed[] = [];
  for (const example of examples)
    await inFolder(async (folder) => {
      const hunt = new Hunt(folder, await planOfExample(example, subjects[example] ?? []));
      const clean = (await hunt.run(hunt.program, [1])).flatMap(({ findings }) => findings);
      if (clean.length > 0) throw new Error(`${example} is not clean itself: ${clean[0]!.message}`);
      for (const each of kinds.filter(({ name }) => name.includes(kind)))
        result.push(await surveyKind(hunt, example, each, most, seeds, log));
    });
  return result;
}

async function surveyKind(
  hunt: Hunt,
  example: string,
  kind: Kind,
  most: number,
  seeds: readonly number[],
  log: Wanted["log"],
): Promise<Surveyed> {
  const damages = kind.damages(hunt.program);
  const harmful = damages.filter(({ harmless }) => harmless === undefined);
  const planted = spread(harmful, most);
  const counts = { runs: 0, said: "" };
  const survivors: { place: string; runs: readonly Run[] }[] = [];
  for (const { place, program } of planted) {
    const runs = await hunt.run(program, seeds);
    const left = missed(kind, runs);
    counts.runs += runs.length;
    counts.said ||= runs.flatMap(({ findings }) => findings.map(({ message }) => message))[0] ?? "";
    if (left.length > 0) survivors.push({ place, runs: left });
    log?.(`${example}: ${kind.name}: ${place}: found in ${runs.length - left.length} of ${runs.length} runs`);
  }
  return {
    example,
    kind: kind.name,
    places: damages.length,
    harmless: damages.length - harmful.length,
    planted,
    missed: survivors,
    ...counts,
  };
}

/** At most so many items, spread evenly. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]!);
}

export function tableOf(surveyed: readonly Surveyed[]): string {
  const head = ["example", "kind", "places", "harmless", "planted", "runs", "found"];
  const rows = surveyed.map(({ example, kind, places, harmless, planted, runs, missed: left }) => [
    ...[example, kind],
    ...[places, harmless, planted.length, runs, planted.length - left.length].map(String),
  ]);
  return table(head, rows);
}
