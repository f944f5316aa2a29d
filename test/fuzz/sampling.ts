// Programs by number: the same seed and number always give the same program, and one that is wrong shrinks to a smaller one.
import fc from "fast-check";
import { RefutedPlanError } from "../../src/index.js";
import { judge, Wrong } from "./judge.js";
import { anyCase, type Case } from "./programs.js";

/** Programs that one seed of fast-check gives: the later ones of a batch are less simple. */
const BATCH = 50;
/** Programs that are judged at most while one shrinks. */
const MOST_SHRINKS = 300;
/** Of an exception, its message and where it arose. */
const STACK_LINES = 6;

const seedOfBatch = (seed: number, batch: number): number => (seed * 1_000_003 + batch) | 0;

/** Programs from the `first` on, without end. */
export function* programs(seed: number, first = 0): Generator<Case> {
  for (let batch = Math.floor(first / BATCH); ; batch++) {
    const all = fc.sample(anyCase, { seed: seedOfBatch(seed, batch), numRuns: BATCH });
    yield* all.slice(Math.max(0, first - batch * BATCH));
  }
}

/** What is wrong with a program; undefined where nothing is. */
export async function faultOf(program: Case): Promise<string | undefined> {
  try {
    await judge(program);
    return undefined;
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    if (error instanceof RefutedPlanError) return refutation(error);
    if (!(error instanceof Error)) return String(error);
    return (error.stack ?? error.message).split("\n").slice(0, STACK_LINES).join("\n");
  }
}

function refutation({ proof }: RefutedPlanError): string {
  const { name, counterexample } = proof.properties.find(({ ok }) => !ok) ?? { name: "what else there is" };
  return [`a compiled plan fails its proof of ${name}`, ...(counterexample?.story ?? [])].join("\n");
}

/** The kind of a fault, so that one does not shrink into another: its story without names and numbers, but for places in code. */
const kindOf = (fault: string): string =>
  fault.split("\n    at ")[0]!.replace(/`[^`]*`|\([^)]*\)|[\d.,e+-]+/g, "");

/** A smaller program with a fault of the same kind, and that fault. */
export async function shrink(
  seed: number,
  number: number,
  fault: string,
): Promise<{ readonly program: Case; readonly fault: string }> {
  let smallest: { readonly program: Case; readonly fault: string } | undefined;
  let judged = 0;
  const property = fc.asyncProperty(anyCase, async (program) => {
    // Once enough is tried, whatever is left counts as right.
    if (++judged > MOST_SHRINKS) return;
    const found = await faultOf(program);
    if (found === undefined || kindOf(found) !== kindOf(fault)) return;
    smallest = { program, fault: found };
    throw new Wrong(found);
  });
  const batch = Math.floor(number / BATCH);
  await fc.check(property, {
    seed: seedOfBatch(seed, batch),
    path: String(number - batch * BATCH),
    numRuns: 1,
  });
  if (smallest === undefined) throw new Error(`program ${String(number)} is wrong only sometimes: ${fault}`);
  return smallest;
}
