// A model or a cluster without a schedule: for what is asked of experts or of networks alone.
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { Machine } from "../plan/types.gen.js";
import type { ClusterDecl, TierDecl } from "../syntax/ast.js";
import { open, type Opened } from "./check.js";
import { checkCluster } from "./cluster/cluster.js";
import type { Host } from "./host.js";
import type { CheckedModel } from "./model/model.js";
import { parseOverrides } from "./overrides.js";

export interface Alone<T> {
  /** Absent after an error. */
  readonly found?: T;
  readonly diagnostics: Diagnostics;
  readonly sources: readonly Source[];
}

/** The one model that a file declares or, where it declares none, imports. */
export function modelAlone(entry: string, host: Host): Alone<CheckedModel> {
  const opened = open(entry, host, {});
  const name = onlyOne("model", opened, [...opened.names.models.keys()], entry);
  return result(opened, name === undefined ? undefined : opened.model(name));
}

/** How the GPUs are spread that a cluster is asked for. */
export interface Extent {
  readonly nodes: number;
  /** Of the node that has most. */
  readonly gpusPerNode: number;
}

/**
 * The one cluster that a file declares or imports, at this extent: a parameter that says how many GPUs the first tier joins, or
 * how many nodes the last, follows from it and has no other value.
 */
export function clusterAlone(entry: string, host: Host, extent: Extent): Alone<Machine> {
  const opened = open(entry, host, {});
  const { context, names } = opened;
  const name = onlyOne("cluster", opened, [...names.clusters.keys()], entry);
  const declaration = name === undefined ? undefined : names.clusters.get(name);
  if (declaration === undefined) return result<Machine>(opened, undefined);
  const { overrides } = parseOverrides(decided(declaration, extent), context.diagnostics);
  const use = { args: [], span: declaration.name.span };
  const machine = checkCluster(declaration, use, overrides, context);
  const [first] = machine?.tiers ?? [];
  if (machine !== undefined && first !== undefined && first.joins < extent.gpusPerNode) {
    context.diagnostics.report("larger-than-cluster", declaration.name.span, {
      ...{ needed: extent.gpusPerNode, cluster: machine.name, available: first.joins },
      advice: `Its tier "${first.name}" joins ${String(first.joins)} GPUs, and a node is to have ${String(extent.gpusPerNode)}. Name more nodes, or another cluster.`,
    });
  }
  return result(opened, machine);
}

/** `CLUSTER.PARAMETER=VALUE` for each parameter that the extent decides. */
function decided({ name, params, tiers }: ClusterDecl, { nodes, gpusPerNode }: Extent): readonly string[] {
  const own = new Set(params.map((each) => each.name.text));
  const value = (tier: TierDecl | undefined, joined: number): readonly string[] => {
    const joins = tier?.fields.find((each) => each.name.text === "joins")?.value;
    return joins?.kind === "Name" && own.has(joins.text)
      ? [`${name.text}.${joins.text}=${String(joined)}`]
      : [];
  };
  return [...value(tiers[0], gpusPerNode), ...(tiers.length > 1 ? value(tiers.at(-1), nodes) : [])];
}

/** Of those that the entry declares itself, else of all. */
export function onlyOne(
  what: "model" | "cluster",
  { context, loaded }: Opened,
  all: readonly string[],
  entry: string,
): string | undefined {
  const kind = what === "model" ? "Model" : "Cluster";
  const declared = (loaded.files[0]?.file.declarations ?? []).flatMap((each) =>
    each.kind === kind ? [each.name.text] : [],
  );
  const [name, ...more] = declared.length > 0 ? declared : all;
  if (!context.lacksFiles && (name === undefined || more.length > 0))
    context.reportAbsence(
      "not-one-declaration",
      { source: entry, start: 0, end: 0 },
      {
        ...{ file: entry, what },
        found: name === undefined ? "none" : [name, ...more].join(", "),
      },
    );
  return more.length > 0 ? undefined : name;
}

export function result<T>({ context }: Opened, found: T | undefined): Alone<T> {
  const findings = { diagnostics: context.diagnostics, sources: context.sources };
  return found === undefined || context.diagnostics.hasErrors ? findings : { ...findings, found };
}
