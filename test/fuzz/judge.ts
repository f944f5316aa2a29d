// What must hold of any program: it is refused with a diagnostic, or it compiles to a plan that is proved, the same bytes every
// time, that beats no lower bound, and whose miniature computes what the dense evaluation of the model does, whatever order its
// launches take.
import {
  compile,
  explainPlan,
  run,
  summarise,
  traceOfStep,
  verifyPlan,
  type Compilation,
  type Entry,
} from "../../src/index.js";
import { Diagnostics } from "../../src/diagnostics/report.js";
import { readPlan, type LaunchPlan } from "../../src/plan/index.js";
import type { RunResult } from "../../src/run/result.js";
import { parse } from "../../src/syntax/parse.js";
import { print } from "../../src/syntax/print.js";
import { outcomesOf } from "../simulate/beaten.js";
import { featuresOf } from "./features.js";
import type { Case } from "./programs.js";
import { selectionBiasOf } from "./routings.js";

export type Outcome =
  | { readonly kind: "rejected"; readonly codes: readonly string[] }
  /** `aborted`: runs that ended as `overflow: abort` has it. */
  | {
      readonly kind: "compiled";
      readonly executed: number;
      readonly aborted: number;
      readonly features: readonly string[];
    };

/** Weft does not do with a program what it should. */
export class Wrong extends Error {
  override readonly name = "Wrong";
}

/** Orders of launches that are tried. */
const SEEDS = [1, 2, 3];
const TOLERANCE = 1e-4;
/** Orders and machines in which a plan tries to beat its lower bounds. */
const ATTEMPTS = 4;
/** Characters of a line that a fault quotes. */
const MOST_SHOWN = 200;

/** @throws {Wrong} */
export async function judge({ text, routing, dataSeed }: Case): Promise<Outcome> {
  const { tree, diagnostics: syntax } = parse({ uri: "any.weft", text });
  if (syntax.length > 0) throw new Wrong(`a generated text has syntax errors: ${syntax[0]!.message}`);
  if (print(tree) !== text) throw new Wrong("the tree of the text prints as another text");
  const { compiled, diagnostics } = await compileText(text);
  const errors = diagnostics.sorted().filter(({ severity }) => severity === "error");
  if (compiled === undefined) {
    if (errors.length === 0) throw new Wrong("nothing was compiled, and no diagnostic says why");
    return { kind: "rejected", codes: [...new Set(errors.map(({ code }) => code))].sort() };
  }
  if (errors.length > 0) throw new Wrong(`a plan was made in spite of an error: ${errors[0]!.message}`);
  await checkPlan(text, compiled);
  const { plan } = compiled;
  const selectionBias = selectionBiasOf(plan, routing);
  const results: RunResult[] = [];
  for (const seed of SEEDS)
    results.push(
      await run(plan, {
        backend: "cpu",
        seed,
        dataSeed,
        tolerance: TOLERANCE,
        ...(selectionBias === undefined ? {} : { selectionBias }),
      }),
    );
  const aborted = checkResults(plan, results);
  return { kind: "compiled", executed: results.length, aborted, features: featuresOf(plan, results[0]!) };
}

/** Compiles a text that imports nothing but the library. */
export function compileText(text: string): Promise<Compilation> {
  const uri = "any.weft";
  const entry: Entry = {
    uri,
    host: { read: (wanted) => (wanted === uri ? { text } : { problem: "missing" }) },
    shown: (each) => each,
    filesRead: () => [],
  };
  return compile({ entry });
}

/** Holds a compiled plan against a second compilation, and its text against the proofs. */
async function checkPlan(text: string, first: NonNullable<Compilation["compiled"]>): Promise<void> {
  const second = await compileText(text);
  if (second.compiled?.text !== first.text) throw new Wrong("compiling twice gives different plans");
  const diagnostics = new Diagnostics();
  const read = readPlan({ uri: "plan.json", text: first.text }, diagnostics);
  if (read === undefined)
    throw new Wrong(`the plan cannot be read: ${diagnostics.sorted()[0]?.message ?? ""}`);
  const refuted = (await verifyPlan(read)).properties.find(({ ok }) => !ok);
  if (refuted !== undefined) throw new Wrong(`the plan that was written fails its proof of ${refuted.name}`);
  for (const { beaten } of outcomesOf(first.plan, ATTEMPTS))
    if (beaten !== undefined) throw new Wrong(beaten);
  await checkReports(first);
}

/** What is told of a plan, to people and to Perfetto, has a number wherever one belongs. */
async function checkReports({
  plan,
  text,
  sha256,
  proof,
  simulated,
}: NonNullable<Compilation["compiled"]>): Promise<void> {
  const explained = await explainPlan(plan, undefined, simulated);
  if ("stuck" in explained) throw new Wrong(`the plan's simulation is stuck: ${explained.stuck}`);
  const summary = await summarise(
    plan,
    { proof, outputs: ["plan.json"], sha256, bytes: text.length },
    undefined,
    simulated,
  );
  const trace = await traceOfStep(simulated);
  for (const [name, told] of Object.entries({ explanation: explained.text, summary, trace })) {
    // In JSON, null stands where a number is none.
    const odd = /.*(NaN|Infinity|undefined|\[object|:null[,}]).*/.exec(told)?.[0];
    if (odd !== undefined) throw new Wrong(`the ${name} says: ${odd.slice(0, MOST_SHOWN)}`);
  }
}

/** Checks what executions in several orders gave, of the same data; how many aborted, as they may. */
function checkResults(plan: LaunchPlan, results: readonly RunResult[]): number {
  const aborted = results.filter(({ failure }) => failure?.kind === "aborted");
  // Whether a rank receives too much is for the data to say alone; which one is noticed first, for the order.
  if (aborted.length > 0) {
    if (aborted.length < results.length) throw new Wrong("whether an execution aborts depends on its order");
    if (!plan.exchanges.some(({ tokens }) => tokens.overflow === "abort"))
      throw new Wrong("an execution aborts that must not");
    const { rank, message } = aborted[0]!.failure!;
    if (rank === undefined || !message.includes(`rank ${String(rank)}`))
      throw new Wrong(`an abort names no rank: ${message}`);
    return aborted.length;
  }
  for (const { seed, failure, max_relative_error: error, executed, of, in_rounds } of results) {
    const where = `with seed ${String(seed)}`;
    if (failure !== undefined) throw new Wrong(`${failure.kind} ${where}: ${failure.message}`);
    if (error === null || error > TOLERANCE) throw new Wrong(`an error of ${String(error)} ${where}`);
    const { bytes: _bytes, ...amounts } = executed;
    const { bytes: _all, ...whole } = of;
    if (in_rounds === undefined && JSON.stringify(amounts) !== JSON.stringify(whole))
      throw new Wrong(`executed ${JSON.stringify(amounts)} of ${JSON.stringify(whole)} ${where}`);
  }
  if (new Set(results.map(({ routing_sha256: hash }) => hash)).size > 1)
    throw new Wrong("tokens are routed otherwise in another order");
  return 0;
}
