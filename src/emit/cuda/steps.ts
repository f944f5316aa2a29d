// Steps of a phase as loops: a plan lists each step, and a program that grew with the ranks would have to list them too. Runs of
// steps that differ by numbers alone become one step over the index `i` of its place in the run, if all these numbers follow from it.
import { evaluate, type Expr, type Step } from "../../plan/index.js";

/** Some steps of a phase, as one in which `i` counts from 0 to `count` - 1; `i` stands for nothing where there is one. */
export interface StepRun {
  readonly count: number;
  readonly step: Step;
}

/** Anything that a step is made of. */
type Tree = number | string | boolean | readonly Tree[] | { readonly [key: string]: Tree };

/** The name of the index in the expressions of a run. */
export const STEP_INDEX = "i";

/** `ranks` is the size of the communicator. */
export function runsOfSteps(listed: readonly Step[], ranks: number): readonly StepRun[] {
  const steps = listed.map((step, at) => inFormOfOthers(listed, step, at, ranks));
  const runs: StepRun[] = [];
  for (let first = 0; first < steps.length;) {
    const alike = alikeFrom(steps, first);
    const { count, step } = longestRun(steps.slice(first, first + alike));
    runs.push({ count, step });
    first += count;
  }
  return runs;
}

/**
 * The step of a rank with itself in the form of those behind it, whose numbers it continues backward: `rank` for `(rank + 0) % 8`.
 * They stand one step apart, or as far as there are such steps together.
 */
function inFormOfOthers(steps: readonly Step[], step: Step, position: number, ranks: number): Step {
  if (step.to !== "rank") return step;
  let own = 1;
  while (steps[position + own]?.to === "rank") own++;
  let before = 0;
  while (before < position && steps[position - before - 1]?.to === "rank") before++;
  for (const apart of new Set([1, own + before])) {
    const [next, afterNext] = [steps[position + apart], steps[position + 2 * apart]];
    if (next === undefined || afterNext === undefined) continue;
    const continued = backward(next as unknown as Tree, afterNext as unknown as Tree);
    if (continued === undefined) continue;
    const means = (tree: Tree, rank: number): string => JSON.stringify(valueOf(tree, rank));
    const isSame = Array.from({ length: ranks }, (_, rank) => rank).every(
      (rank) => means(continued, rank) === means(step as unknown as Tree, rank),
    );
    if (isSame) return continued as unknown as Step;
  }
  return step;
}

/** What stands before two trees of one form. */
function backward(next: Tree, afterNext: Tree): Tree | undefined {
  return formOf(next) === formOf(afterNext) ? combine(next, afterNext) : undefined;
}

function combine(next: Tree, afterNext: Tree): Tree {
  if (typeof next === "number") return 2 * next - (afterNext as number);
  if (typeof next !== "object") return next;
  if (Array.isArray(next))
    return (next as readonly Tree[]).map((each, at) => combine(each, (afterNext as readonly Tree[])[at]!));
  return Object.fromEntries(
    Object.entries(next).map(([key, each]) => [
      key,
      combine(each, (afterNext as { readonly [key: string]: Tree })[key]!),
    ]),
  );
}

/** A step with the values of its expressions for a rank. */
function valueOf(tree: Tree, rank: number): Tree {
  if (Array.isArray(tree) || tree === "rank")
    return evaluate(tree as Expr, (name) => (name === "rank" ? rank : undefined));
  if (typeof tree !== "object") return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, each]) => [key, valueOf(each, rank)]));
}

/** How many steps from `first` on have the same form. */
function alikeFrom(steps: readonly Step[], first: number): number {
  const form = formOf(steps[first] as unknown as Tree);
  let end = first + 1;
  while (end < steps.length && formOf(steps[end] as unknown as Tree) === form) end++;
  return end - first;
}

/** What is left of a tree without its numbers. */
const formOf = (tree: Tree): string =>
  JSON.stringify(tree, (_key, value: unknown) => (typeof value === "number" ? 0 : value));

/** The longest run from the first step on whose numbers all follow from the index. */
function longestRun(steps: readonly Step[]): StepRun {
  for (let count = steps.length; count > 1; count--) {
    const merged = merge(steps.slice(0, count) as unknown as readonly Tree[], count);
    if (merged !== undefined) return { count, step: merged as unknown as Step };
  }
  return { count: 1, step: steps[0]! };
}

/** Trees of one form as one, or undefined where some number follows no rule. */
function merge(trees: readonly Tree[], count: number): Tree | undefined {
  for (const inner of [count, ...divisorsOf(count)]) {
    const merged = mergeBy(trees, inner);
    if (merged !== undefined) return merged;
  }
  return undefined;
}

/** Divisors of a number between 1 and itself. */
const divisorsOf = (count: number): readonly number[] =>
  Array.from({ length: Math.max(0, count - 2) }, (_, at) => at + 2).filter((each) => count % each === 0);

/** With the index as `i` alone, or as `i / inner` and `i % inner`. */
function mergeBy(trees: readonly Tree[], inner: number): Tree | undefined {
  const [first] = trees;
  if (typeof first === "number") return ruleOf(trees as readonly number[], inner);
  if (typeof first !== "object") return first;
  if (Array.isArray(first)) {
    const items = (first as readonly Tree[]).map((_, at) =>
      mergeBy(
        trees.map((each) => (each as readonly Tree[])[at]!),
        inner,
      ),
    );
    return items.includes(undefined) ? undefined : (items as readonly Tree[]);
  }
  const merged: Record<string, Tree> = {};
  for (const key of Object.keys(first)) {
    if (key === "span") continue;
    const value = mergeBy(
      trees.map((each) => (each as { readonly [key: string]: Tree })[key]!),
      inner,
    );
    if (value === undefined) return undefined;
    merged[key] = value;
  }
  return merged;
}

/** a + b * (i / inner) + c * (i % inner), which gives these numbers for i = 0, 1, ... */
function ruleOf(values: readonly number[], inner: number): Expr | undefined {
  const start = values[0]!;
  const fine = inner > 1 && values.length > 1 ? values[1]! - start : 0;
  const coarse = values.length > inner ? values[inner]! - start : 0;
  const fits = values.every(
    (value, i) => value === start + coarse * Math.floor(i / inner) + fine * (i % inner),
  );
  if (!fits) return undefined;
  const whole = inner === values.length;
  const terms: Expr[] = [
    ...(coarse === 0 ? [] : [times(coarse, ["/", STEP_INDEX, inner])]),
    ...(fine === 0 ? [] : [times(fine, whole ? STEP_INDEX : ["%", STEP_INDEX, inner])]),
    ...(start === 0 ? [] : [start]),
  ];
  const [only, ...others] = terms;
  if (only === undefined) return 0;
  return others.length === 0 ? only : (["+", ...terms] as unknown as Expr);
}

const times = (factor: number, expr: Expr): Expr => (factor === 1 ? expr : ["*", factor, expr]);
