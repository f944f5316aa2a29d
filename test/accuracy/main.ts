// `npm run accuracy -- --facts DIR`: predictions beside measurements that others made.
import { parseArgs } from "node:util";
import { ProgressLine } from "../../src/cli/terminal.js";
import { assess, type FamilyResult } from "./assess.js";
import { FactsProblem, readFacts, type FactTable } from "./facts.js";
import { families } from "./families/index.js";
import type { Family } from "./family.js";
import { renderAccuracy } from "./render.js";

const USAGE = "npm run accuracy -- --facts DIR [--json] [--fit] [--family NAME]";

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
  line.clear();
  const problems = [...tables.values()].filter((each) => typeof each === "string");
  process.stdout.write(options.json ? json(results, problems) : renderAccuracy(results, problems));
  return results.length === 0 ? 1 : 0;
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
    if (family !== undefined && !families.some(({ name }) => name === family))
      return `There is no family ${family}; known are ${families.map(({ name }) => name).join(", ")}.`;
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

function json(results: readonly (readonly [Family, FamilyResult])[], problems: readonly string[]): string {
  const report = {
    format: "weft.accuracy/1",
    ok: problems.length === 0,
    families: results.flatMap(([, { assessments }]) => assessments),
    listed: results.flatMap(([, { listed }]) => listed),
    unknown_machines: results.flatMap(([, { unknown }]) => unknown),
    fits: results.flatMap(([{ name }, { fits }]) => fits.map((each) => ({ family: name, ...each }))),
    remarks: results.flatMap(([{ name, remarks = [] }]) => remarks.map((remark) => `${name}: ${remark}`)),
    left_out: problems,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
