// What the experts of an exchange cost, for placement: whatever stands between dispatch and combine, by the work that its
// operators declare, and the bytes of a token on its way there and back.
import type { Program } from "../../check/program.js";
import { busyRate, computeTime, parametersOf, Topology, type ComputeWork } from "../../cost/index.js";
import { multiplyDtype, type PartWork } from "../../operators/operator.js";
import type { LayerPrices } from "../../place/index.js";
import { extend } from "../../plan/dimensions.js";
import { evaluate, sum, type Environment } from "../../plan/expression.js";
import type { Machine } from "../../plan/types.gen.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import { operatorNode, type GraphNode, type OperatorGraph } from "../lower/graph.js";
import { bytesOf } from "../memory/buffers.js";

type Lifted = Extract<GraphNode, { kind: "operator" }>;

/** Prices of a micro-batch of the sizes that `environment` gives. */
export function sitePrices(
  program: Program,
  graph: OperatorGraph,
  site: ExchangeSite,
  environment: Environment,
): LayerPrices {
  const experts = liftedOver(graph, site);
  const rowBytes = (id: string, precision: "dispatch" | "combine"): number => {
    const { node } = operatorNode(graph, id);
    return evaluate(bytesOf([node.output.shape[1] ?? 1], precision), environment);
  };
  return {
    tokensPerGpu: evaluate("tokens", environment),
    dispatchBytes: rowBytes(site.dispatch.id, "dispatch"),
    combineBytes: rowBytes(site.combine.id, "combine"),
    ...portRates(program.machine, program.schedule.parallel.ep),
    expertBytes: evaluate(sum(...experts.flatMap(weightBytes)), environment),
    expertsUs: expertTime(program, experts, environment),
  };
}

/** The nodes whose weights each expert has for itself. */
function liftedOver(graph: OperatorGraph, { dispatch, combine }: ExchangeSite): readonly Lifted[] {
  return graph
    .getAttributes()
    .order.map((id) => operatorNode(graph, id))
    .filter((each) => each.dispatch === dispatch.id && each.node.id !== combine.id);
}

const weightBytes = ({ node, operator }: Lifted): ReturnType<typeof bytesOf>[] =>
  operator.weights(node.dims).map(({ shape, precision }) => bytesOf(shape, precision));

/** Bytes per microsecond of a GPU's port on the fastest tier and on the one that joins all GPUs of an expert-parallel group. */
function portRates(machine: Machine, ep: number): Pick<LayerPrices, "fastRate" | "slowRate"> {
  const topology = new Topology(machine);
  const widest = topology.unitSizes.findIndex((size) => size >= ep);
  const rateOf = (tier: number): number =>
    machine.tiers[tier] === undefined ? Infinity : busyRate(topology, tier);
  return { fastRate: rateOf(0), slowRate: rateOf(widest < 0 ? machine.tiers.length - 1 : widest) };
}

/** Microseconds of all kernels between dispatch and combine, given the rows of each expert of a GPU. */
function expertTime(
  { machine, schedule }: Program,
  experts: readonly Lifted[],
  environment: Environment,
): LayerPrices["expertsUs"] {
  const parameters = parametersOf(machine);
  const { gpu } = machine;
  const works = experts.flatMap(({ node, operator }) =>
    operator.parts.map((part) =>
      part.work(node.dims, "rows", "groups", node.options, { copiesSent: 0, forwarded: 0 }),
    ),
  );
  return (groupRows) => {
    const rows = groupRows.reduce((all, each) => all + each, 0);
    if (rows === 0) return 0;
    const inner = extend(environment, { rows, groups: groupRows.length });
    return works.reduce((time, work) => {
      const kernel = workOf(work, groupRows, multiplyDtype(schedule.precision.weights), inner);
      return time + computeTime(gpu, kernel, gpu.sms, parameters);
    }, 0);
  };
}

function workOf(
  { class: kind, flops, bytes, gemm }: PartWork,
  groupRows: readonly number[],
  dtype: NonNullable<ComputeWork["dtype"]>,
  environment: Environment,
): ComputeWork {
  return {
    class: kind,
    flops: evaluate(flops, environment),
    bytes: evaluate(bytes, environment),
    ...(kind === "memory" ? {} : { dtype }),
    ...(gemm === undefined
      ? {}
      : { gemm: { groupRows, n: evaluate(gemm.n, environment), k: evaluate(gemm.k, environment) } }),
  };
}
