// What the experts of a model cost: those of one dispatch, whatever operators they are made of.
import type { CheckedModel } from "../check/model/model.js";
import { computeTime, parametersOf } from "../cost/index.js";
import type { PartWork } from "../operators/operator.js";
import { operatorNamed } from "../operators/registry.js";
import { deepSeekV3, pricesOf, type LayerPrices } from "../place/index.js";
import {
  bytesDimension,
  dimensionEnvironment,
  evaluate,
  extend,
  scaleBytesDimension,
  type Block,
  type Dtype,
  type Environment,
  type Machine,
  type Node,
  type PrecisionClass,
} from "../plan/index.js";

/** How operands are stored and sent where nobody says it: as DeepSeek-V3 does. */
const { weights, dispatch, combine } = deepSeekV3;
const DTYPES: Readonly<Record<PrecisionClass, Dtype>> = {
  ...{ weights, dispatch, combine },
  ...{ activations: "bf16", cache: "bf16", gate: "f32", index: "u32" },
};
const BYTES: Readonly<Record<Dtype, number>> = { f32: 4, u32: 4, bf16: 2, fp16: 2, fp8: 1 };

/** A gate with the experts that it dispatches to. */
export interface ExpertSite {
  readonly model: string;
  readonly experts: number;
  readonly topK: number;
  readonly groups: number;
  readonly topGroups: number;
  readonly hidden: number;
  /** Width of each expert where all that it is made of is one gated product. */
  readonly width?: number;
  /** Operators applied to dispatched rows, in order. */
  readonly nodes: readonly Node[];
  readonly environment: Environment;
}

/** The gates of a model with what they dispatch to, in order. */
export function expertSites({ model, dimensions }: CheckedModel): readonly ExpertSite[] {
  const environment = dimensionEnvironment(dimensions);
  return model.blocks.flatMap((block) =>
    block.nodes
      .filter(({ op }) => op === "dispatch")
      .flatMap((sent) => siteOf(model.name, block, sent, environment)),
  );
}

function siteOf(
  model: string,
  { nodes }: Block,
  sent: Node,
  environment: Environment,
): readonly ExpertSite[] {
  const gate = nodes.find(({ id }) => id === sent.output.gate);
  if (gate === undefined) return [];
  const extent = (node: Node, name: string): number => evaluate(node.dims[name] ?? 1, environment);
  const lifted = nodes.filter(
    (each) => each.output.kind === "routed" && each.output.gate === gate.id && each.op !== "dispatch",
  );
  const [only] = lifted;
  return [
    {
      ...{ model, nodes: lifted, environment },
      ...{ experts: extent(gate, "experts"), topK: extent(gate, "top_k") },
      ...{ groups: extent(gate, "groups"), topGroups: extent(gate, "top_groups") },
      hidden: evaluate(sent.output.shape[1] ?? 1, environment),
      ...(lifted.length === 1 && only?.op === "swiglu" ? { width: extent(only, "width") } : {}),
    },
  ];
}

/** Prices of a site's experts on a machine. */
export function sitePrices(site: ExpertSite, machine: Machine, tokensPerGpu: number): LayerPrices {
  const { hidden, width } = site;
  const model = { hidden, width: width ?? hidden, weights, dispatch, combine, tokensPerGpu };
  const gated = pricesOf(model, machine);
  if (width !== undefined) return gated;
  return { ...gated, expertBytes: weightBytes(site), expertsUs: timeOf(site, machine) };
}

/** Dimensions of the number formats. */
const sizes: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(DTYPES).flatMap(([name, dtype]) => [
    [bytesDimension(name), BYTES[dtype]],
    [scaleBytesDimension(name), 0],
  ]),
);

/** Bytes of the weights of one expert. */
function weightBytes({ nodes, environment }: ExpertSite): number {
  let bytes = 0;
  for (const { op, dims } of nodes)
    for (const { shape, precision } of operatorNamed(op).weights(dims))
      bytes += shape.reduce<number>(
        (all, each) => all * evaluate(each, environment),
        BYTES[DTYPES[precision]],
      );
  return bytes;
}

/** Microseconds of a GPU's experts by the work that their operators declare. */
function timeOf({ nodes, environment }: ExpertSite, machine: Machine): LayerPrices["expertsUs"] {
  const { gpu } = machine;
  const parameters = parametersOf(machine);
  const sized = extend(environment, sizes);
  const parts = nodes.flatMap(({ op, dims, options }) =>
    operatorNamed(op).parts.map((part) =>
      part.work(dims, "rows", "groups", options, { copiesSent: 0, forwarded: 0 }),
    ),
  );
  const partUs = (part: PartWork, groupRows: readonly number[], rows: number): number => {
    const value = extend(sized, { rows, groups: groupRows.length });
    const work = { flops: evaluate(part.flops, value), bytes: evaluate(part.bytes, value) };
    const { class: kind, gemm } = part;
    if (gemm === undefined) return computeTime(gpu, { class: kind, ...work }, gpu.sms, parameters);
    const product = { groupRows, n: evaluate(gemm.n, value), k: evaluate(gemm.k, value) };
    return computeTime(gpu, { class: kind, ...work, dtype: weights, gemm: product }, gpu.sms, parameters);
  };
  return (groupRows) => {
    const rows = groupRows.reduce((sum, each) => sum + each, 0);
    return rows === 0 ? 0 : parts.reduce((sum, part) => sum + partUs(part, groupRows, rows), 0);
  };
}
