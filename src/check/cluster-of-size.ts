// A cluster for so many GPUs, without a schedule: parameters that follow from the number need not be given.
import type { Machine } from "../plan/types.gen.js";
import type { ClusterDecl, TierDecl } from "../syntax/ast.js";
import { onlyOne, result, type Alone } from "./alone.js";
import { open, type Opened } from "./check.js";
import { checkCluster } from "./cluster/cluster.js";
import type { Host } from "./host.js";
import { checkOverrideNames, parseOverrides } from "./overrides.js";

export interface ClusterSize {
  readonly gpus: number;
  /** GPUs of a node, where it is said. */
  readonly nodeSize?: number | undefined;
  /** `CLUSTER.PARAMETER=VALUE`, each. */
  readonly overrides?: readonly string[];
}

/** Why a cluster cannot have so many GPUs. */
export interface Misfit {
  readonly cluster: string;
  /** Completes a sentence. */
  readonly reason: string;
  readonly advice: string;
}

/**
 * The one cluster that a file declares or imports, with exactly so many GPUs: what the last tier joins follows from the number,
 * and what the first joins where all of them fit into one of its units, or `nodeSize` says it. Both only where they are parameters
 * that no override decides.
 */
export function clusterOfSize(
  entry: string,
  host: Host,
  size: ClusterSize,
): Alone<Machine> & { readonly misfit?: Misfit } {
  const opened = open(entry, host, {});
  const name = onlyOne("cluster", opened, [...opened.names.clusters.keys()], entry);
  const declaration = name === undefined ? undefined : opened.names.clusters.get(name);
  if (declaration === undefined) return result<Machine>(opened, undefined);
  const fitted = fit(declaration, opened, size);
  return "reason" in fitted
    ? { ...result<Machine>(opened, undefined), misfit: fitted }
    : result(opened, fitted.machine);
}

function fit(
  declaration: ClusterDecl,
  opened: Opened,
  { gpus, nodeSize, overrides = [] }: ClusterSize,
): Misfit | { readonly machine: Machine | undefined } {
  const { name, tiers } = declaration;
  const given = new Set(overrides.map((each) => each.split("=")[0]!.trim()));
  const free = (tier: TierDecl | undefined): Parameter | undefined => {
    const parameter = parameterOf(declaration, tier);
    return parameter === undefined || given.has(`${name.text}.${parameter.name}`) ? undefined : parameter;
  };
  const first = free(tiers[0]);
  const last = tiers.length > 1 ? free(tiers.at(-1)) : undefined;
  const misfit = (reason: string, advice: string): Misfit => ({ cluster: name.text, reason, advice });
  const instance = (node: number | undefined, nodes: number): Machine | undefined =>
    instantiate(declaration, opened, [
      ...overrides,
      ...(first === undefined || node === undefined ? [] : [`${name.text}.${first.name}=${String(node)}`]),
      ...(last === undefined ? [] : [`${name.text}.${last.name}=${String(nodes)}`]),
    ]);
  if (nodeSize !== undefined && first === undefined)
    return misfit(
      `what its first tier joins is no parameter that could be ${String(nodeSize)}`,
      "Leave out --node-size, or name a cluster whose first tier joins a parameter.",
    );
  if (first !== undefined && nodeSize === undefined && !first.hasValue) {
    if (last !== undefined)
      return misfit(
        `nothing says how many of ${String(gpus)} GPUs its tier "${tiers[0]!.name.text}" joins`,
        "Write --node-size 8, for example.",
      );
    return { machine: instance(gpus, 1) };
  }
  const one = instance(nodeSize, 1);
  if (one === undefined) return { machine: undefined };
  const node = one.tiers[0]!.joins;
  // A part of a node is a smaller node.
  if (gpus < node && first !== undefined && nodeSize === undefined) return { machine: instance(gpus, 1) };
  if (last !== undefined && gpus % one.gpus === 0) return { machine: instance(nodeSize, gpus / one.gpus) };
  if (one.gpus === gpus) return { machine: one };
  return misfit(...whyNot(one, gpus, last !== undefined, first !== undefined));
}

function whyNot(
  { gpus: unit, tiers }: Machine,
  gpus: number,
  hasParameter: boolean,
  canDivide: boolean,
): readonly [reason: string, advice: string] {
  if (hasParameter) {
    const divisors = [...Array(Math.min(unit, gpus)).keys()]
      .map((at) => at + 1)
      .filter((each) => gpus % each === 0);
    return [
      `${String(gpus)} GPUs are no whole number of nodes of ${String(unit)}`,
      canDivide
        ? `State nodes that divide them, such as --node-size ${String(divisors.at(-1) ?? 1)}.`
        : `Exchange among a multiple of ${String(unit)} GPUs.`,
    ];
  }
  if (unit < gpus)
    return [
      `it has ${String(unit)} GPUs, and no tier joins GPU ${String(unit - 1)} and GPU ${String(unit)}`,
      `Its last tier, "${tiers.at(-1)?.name ?? ""}", would have to join more, or a further tier its units.`,
    ];
  return [`it has ${String(unit)} GPUs`, "All GPUs of a cluster exchange: name one of as many."];
}

function instantiate(
  declaration: ClusterDecl,
  { context, names }: Opened,
  texts: readonly string[],
): Machine | undefined {
  const { overrides } = parseOverrides(texts, context.diagnostics);
  checkOverrideNames(overrides, names, context);
  return checkCluster(declaration, { args: [], span: declaration.name.span }, overrides, context);
}

interface Parameter {
  readonly name: string;
  readonly hasValue: boolean;
}

/** The parameter that says how much a tier joins, where one does. */
function parameterOf({ params }: ClusterDecl, tier: TierDecl | undefined): Parameter | undefined {
  const joins = tier?.fields.find((each) => each.name.text === "joins")?.value;
  const found = joins?.kind === "Name" ? params.find((each) => each.name.text === joins.text) : undefined;
  return found && { name: found.name.text, hasValue: found.value !== undefined };
}
