// A cluster: its parameters, its GPU and its tiers, as the plan's machine.
import type { Span } from "../../diagnostics/span.js";
import type { Machine, Tier } from "../../plan/types.gen.js";
import type { Argument, ClusterDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { Fields } from "../fields.js";
import { overridesOf, type Override } from "../overrides.js";
import { evaluateParameters, reportRepeated } from "../parameters.js";
import type { Scope } from "../values/evaluate.js";
import { readGpu } from "./gpu.js";
import { readTier, type Below } from "./tier.js";

/** What a schedule gives a cluster. */
export interface ClusterArguments {
  readonly args: readonly Argument[];
  /** Where a missing one is reported. */
  readonly span: Span;
}

/** Checks a cluster; undefined after reporting errors, or where a parameter has no value and no arguments are given. */
export function checkCluster(
  declaration: ClusterDecl,
  use: ClusterArguments | undefined,
  overrides: readonly Override[],
  context: Context,
): Machine | undefined {
  const { name, tiers } = declaration;
  reportRepeated(() => "parameter", declaration.params, "Give the second another name.", context);
  reportRepeated(() => "tier", tiers, "Give the second another name.", context);
  const scope = readParameters(declaration, use, overridesOf(name.text, overrides), context);
  const gpu = readGpus(declaration, scope, context);
  if (tiers.length === 0) {
    const advice =
      "Add at least one: tier nvlink { joins: 8, kind: switch, bandwidth: 450 GB/s, latency: 1.5 us }.";
    context.reportAbsence("incomplete-cluster", name.span, { cluster: name.text, what: "tier", advice });
  }
  const networks = readTiers(declaration, scope, context);
  if (tiers.length > 0) reportUnused(declaration, scope, context);
  const known = networks.filter((each): each is Tier => each !== undefined);
  if (!gpu || known.length === 0 || known.length < tiers.length) return undefined;
  const gpus = known.reduce((count, { joins }) => count * joins, 1);
  return { name: name.text, gpus, gpu, tiers: known, span: context.planSpan(declaration.span) };
}

/** A number of nodes that no tier joins: the cluster would be in parts that cannot reach each other. */
function reportUnused({ name: cluster, params }: ClusterDecl, scope: Scope, context: Context): void {
  if (context.diagnostics.hasErrors) return;
  for (const { name } of params) {
    if (name.text === "" || scope.used.has(name.text)) continue;
    context.reportAbsence("unused-parameter", name.span, {
      name: name.text,
      owner: `cluster "${cluster.text}"`,
      advice: `If it counts nodes, no tier joins them, and they cannot reach each other: add a tier with joins: ${name.text}. Else delete it.`,
    });
  }
}

/** The tiers, the fastest first; undefined for one that has an error. */
function readTiers({ tiers }: ClusterDecl, scope: Scope, context: Context): readonly (Tier | undefined)[] {
  let below: Below = "nothing";
  return tiers.map((tier) => {
    const read = readTier(tier, below, scope, context);
    const units: number | undefined = below === "nothing" ? 1 : below.gpus;
    below = { gpus: read && units !== undefined ? units * read.joins : undefined };
    return read;
  });
}

function readGpus(declaration: ClusterDecl, scope: Scope, context: Context): Machine["gpu"] | undefined {
  const { name, gpus } = declaration;
  const [gpu, ...more] = gpus;
  if (!gpu) {
    const advice =
      "Add one: gpu { memory: 80 GiB, memory_bandwidth: 3.35 TB/s, sms: 132, peak: { bf16: 989 TFLOPS } }.";
    context.reportAbsence("incomplete-cluster", name.span, { cluster: name.text, what: "gpu", advice });
    return undefined;
  }
  for (const { name: second } of more) {
    const advice = "All GPUs of a cluster are alike. Keep one of the two.";
    context.diagnostics.report("duplicate-name", second.span, { what: "entry", name: "gpu", advice }, [
      { span: gpu.name.span, message: "the first stands here" },
    ]);
  }
  return readGpu(gpu, scope, context);
}

function readParameters(
  { name, params }: ClusterDecl,
  use: ClusterArguments | undefined,
  overrides: ReadonlyMap<string, Override>,
  context: Context,
): Scope {
  const where = `in cluster "${name.text}"`;
  if (!use) return evaluateParameters(where, params, overrides, () => undefined, context);
  const known = params.map((each) => each.name.text);
  const onUnknown = (argument: string, span: Span, suggestion: string): void => {
    context.diagnostics.report("unknown-parameter", span, { name: argument, where, suggestion });
  };
  const fields = new Fields(use.args, { what: `cluster ${name.text}`, known, onUnknown }, use.span, context);
  for (const { name: parameter, value } of params)
    if (!value && !overrides.has(parameter.text) && parameter.text !== "")
      fields.require(parameter.text, "4");
  return evaluateParameters(where, params, overrides, (parameter) => fields.get(parameter), context);
}
