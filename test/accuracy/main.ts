// `npm run accuracy -- --facts DIR`: predictions beside measurements that others made.
import { parseArgs } from "node:util";
import { ProgressLine } from "../../src/cli/terminal.js";
import { assess, type Assessment, type FamilyResult } from "./assess.js";
import { deployments, errorOf, type Deployment } from "./deployments.js";
import { summarise } from "./errors.js";
import { FactsProblem, readFacts, type FactTable } from "./facts.js";
import { families } from "./families/index.js";
import type { Family } from "./family.js";
import { renderAccuracy, renderDeployments } from "./render.js";

const USAGE = "npm run accuracy -- --facts DIR [--json] [--fit] [--family NAME]";

const PUBLISHED = "published.json";
const PUBLISHED_SYSTEMS = "published_systems";
const NAMES = [...families.map(({ name }) => name), PUBLISHED_SYSTEMS];

export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    process.stderr.write(`${options}\nusage: ${USAGE}\n`);
    return 2;
  }
  const line = new ProgressLine(process.stderr);
  const tables = new Map<string, FactTable | string>();
  const results: (readonly [Family, FamilyResult])[] = [];
  for (const family of families) {
    if (options.family !== undefined && options.family !== family.name) continue;
    const table = tables.get(family.file) ?? (await tableOrProblem(options.facts, family.file));
    tables.set(family.file, table);
    if (typeof table === "string") continue;
    const progress = (what: string): void => line.show(what);
    results.push([family, assess(family, table, { withFits: options.fit, progress })]);
  }
  const systems = await deploymentsOf(options, tables, (what) => line.show(what));
  line.clear();
  const problems = [
    ...[...tables].flatMap(([file, table]) => problemsOf(file, table)),
    ...results.flatMap(([family, result]) => emptiness(family, result)),
  ];
  process.stdout.write(
    options.json
      ? json(results, systems, problems)
      : renderAccuracy(results, systemsRows(systems), problems) +
          (systems.length === 0 ? "" : renderDeployments(systems)),
  );
  const told = results.some(([, { assessments, unknown }]) => assessments.length + unknown.length > 0);
  return told || systems.length > 0 ? 0 : 1;
}

function problemsOf(file: string, table: FactTable | string): readonly string[] {
  if (typeof table === "string") return [table];
  const { size } = table.unreadable;
  return size === 0
    ? []
    : [`${String(size)} of ${String(table.rows.length)} rows of ${file}, which cannot be read`];
}

function emptiness(
  { name, file }: Family,
  { assessments, unknown, unusable }: FamilyResult,
): readonly string[] {
  if (unusable > 0)
    return [`${String(unusable)} cases of ${name}, which have no time or no size that a machine has`];
  return assessments.length + unknown.length > 0 ? [] : [`${name}: ${file} has nothing of it`];
}

interface Options {
  readonly facts: string;
  readonly json: boolean;
  readonly fit: boolean;
  readonly family: string | undefined;
}

/** A text: what is wrong with the command line. */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        facts: { type: "string" },
        json: { type: "boolean", default: false },
        fit: { type: "boolean", default: false },
        family: { type: "string" },
      },
    });
    const { facts, family } = values;
    if (facts === undefined) return "--facts names the folder of the tables.";
    if (family !== undefined && !NAMES.includes(family))
      return `There is no family ${family}; known are ${NAMES.join(", ")}.`;
    return { facts, json: values.json, fit: values.fit, family };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function tableOrProblem(folder: string, file: string): Promise<FactTable | string> {
  try {
    return await readFacts(folder, file);
  } catch (error) {
    if (error instanceof FactsProblem) return error.message;
    throw error;
  }
}

/** Published systems, unless another family was asked for alone. */
async function deploymentsOf(
  { facts, family }: Options,
  tables: ReadonlyMap<string, FactTable | string>,
  progress: (what: string) => void,
): Promise<readonly Deployment[]> {
  if (family !== undefined && family !== PUBLISHED_SYSTEMS) return [];
  progress(PUBLISHED_SYSTEMS);
  const table = tables.get(PUBLISHED) ?? (await tableOrProblem(facts, PUBLISHED));
  return typeof table === "string" ? [] : deployments(table.json);
}

/** The deployments as rows of the table: by the transport that they ran, step times with the known parts of the difference. */
function systemsRows(systems: readonly Deployment[]): readonly Assessment[] {
  const ran = systems.filter(({ transport }) => transport === "deepep");
  return [...new Set(ran.map(({ machine }) => machine))].flatMap((machine) => {
    const errors = ran.filter((each) => each.machine === machine).map(errorOf);
    const summary = summarise(errors);
    if (summary === undefined) return [];
    return [
      {
        ...{ family: PUBLISHED_SYSTEMS, machine, cases: errors.length, parameters: 0, ...summary },
        ...{ fold_median: null, fold_p90: null, machine_out_median: null, worst: [] },
      },
    ];
  });
}

function json(
  results: readonly (readonly [Family, FamilyResult])[],
  systems: readonly Deployment[],
  problems: readonly string[],
): string {
  const report = {
    format: "weft.accuracy/1",
    ok: problems.length === 0,
    families: [...results.flatMap(([, { assessments }]) => assessments), ...systemsRows(systems)],
    deployments: systems,
    listed: results.flatMap(([, { listed }]) => listed),
    unknown_machines: results.flatMap(([, { unknown }]) => unknown),
    fits: results.flatMap(([{ name }, { fits }]) => fits.map((each) => ({ family: name, ...each }))),
    remarks: results.flatMap(([{ name, remarks = [] }]) => remarks.map((remark) => `${name}: ${remark}`)),
    left_out: problems,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
