// One of the two things that `weft diff` compares: a schedule file, which is compiled, or a plan, which must prove itself.
import { diagnostic } from "../diagnostics/report.js";
import { compile, openEntry, shownPlan, simulatedStep, verifyPlan, type SimulatedPlan } from "../index.js";
import { inconsistentPlan, ofPlan, readDefinitePlan } from "./definite-plan.js";
import { exitCodeOf, exitCodes, shown, type Outcome, type Shown } from "./outcome.js";

export interface Side {
  readonly path: string;
  readonly isPlan: boolean;
  readonly schedule: string | undefined;
  readonly overrides: readonly string[];
  /** For reports: what was typed of it. */
  readonly name: string;
}

/** The outcome says what was found on the way, and why there is no simulated step where there is none. */
export type ReadSide = Outcome | (Outcome & { readonly name: string; readonly simulated: SimulatedPlan });

export const readSide = (side: Side): Promise<ReadSide> =>
  side.isPlan ? readPlanSide(side) : compileSide(side);

async function compileSide({ path, schedule, overrides, name }: Side): Promise<ReadSide> {
  const entry = openEntry(path);
  const compilation = await compile({ entry, schedule, overrides });
  const found = shown(compilation, entry.shown);
  const outcome = { ...found, exit: exitCodeOf(found.diagnostics) };
  const shownName = entry.shown(entry.uri) + name.slice(path.length);
  const { compiled } = compilation;
  return compiled === undefined ? outcome : { ...outcome, name: shownName, simulated: compiled.simulated };
}

async function readPlanSide({ path, name }: Side): Promise<ReadSide> {
  const read = await readDefinitePlan(path);
  if ("outcome" in read) return read.outcome;
  const { plan, found } = read;
  const proof = await verifyPlan(plan);
  const failed = proof.properties.find(({ ok }) => !ok);
  if (failed !== undefined) return refuted(path, found, failed.name, failed.counterexample?.story ?? []);
  const simulated = await ofPlan(path, found, () => simulatedStep(plan));
  if ("outcome" in simulated) return simulated.outcome;
  if ("stuck" in simulated) return inconsistentPlan(path, found, simulated.stuck);
  return { ...found, exit: exitCodes.yes, name: shownPlan(path) + name.slice(path.length), simulated };
}

function refuted(path: string, found: Shown, property: string, story: readonly string[]): Outcome {
  const uri = shownPlan(path);
  const nowhere = { source: uri, start: 0, end: 0 };
  const problem = story.join("; ").replace(/\.$/, "");
  const refutation = diagnostic("plan-refuted", nowhere, { path: uri, property, problem });
  return { ...found, diagnostics: [...found.diagnostics, refutation], exit: exitCodes.planWrong };
}

/** What was found of both sides. They may share files, whose mistakes are then found twice. */
export function together(sides: readonly [Outcome, Outcome]): Outcome {
  const all = sides.flatMap(({ diagnostics }) => diagnostics);
  const unique = new Map(all.map((each) => [JSON.stringify([each.code, each.span, each.message]), each]));
  const diagnostics = [...unique.values()];
  const sources = new Map(sides.flatMap((side) => side.sources.map((each) => [each.uri, each])));
  const failed = sides.filter(({ exit }) => exit !== exitCodes.yes);
  const allWrong = failed.length > 0 && failed.every(({ exit }) => exit === exitCodes.planWrong);
  return {
    exit: allWrong ? exitCodes.planWrong : exitCodeOf(diagnostics),
    diagnostics,
    omitted: sides.reduce((sum, { omitted }) => sum + omitted, 0),
    sources: [...sources.values()],
  };
}
