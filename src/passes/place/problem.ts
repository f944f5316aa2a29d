// The placement of each exchange's experts as a problem for src/place: loads, GPUs, gate, constraints and prices.
import type { Program } from "../../check/program.js";
import { expertGpus } from "../../check/schedule/slots.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { GateShape, Gpus, PlaceFault, PlaceProblem } from "../../place/index.js";
import { dimensionEnvironment } from "../../plan/dimensions.js";
import { evaluate, type Environment } from "../../plan/expression.js";
import type { Routing } from "../../plan/types.gen.js";
import { planDimensions } from "../dimensions.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import type { OperatorGraph } from "../lower/graph.js";
import { layersUsing } from "./loads.js";
import { sitePrices } from "./prices.js";

/** What a placement of an exchange's experts is asked for, or what keeps them from being placed. */
export interface SiteProblem {
  readonly site: ExchangeSite;
  readonly experts: number;
  readonly problem: PlaceProblem | PlaceFault;
}

/** The problems of all exchanges; faults are of memory alone, `check` found the others. */
export function siteProblems(
  program: Program,
  graphs: ReadonlyMap<string, OperatorGraph>,
  sites: readonly ExchangeSite[],
  routings: readonly Routing[],
): readonly SiteProblem[] {
  const environment = dimensionEnvironment(
    planDimensions(program, { microBatches: microBatches(program) }, []),
  );
  const priced = sites.map((site) => {
    const graph = graphs.get(site.block);
    if (graph === undefined) throw new InternalError(`there is no block ${site.block}`);
    return { site, prices: sitePrices(program, graph, site, environment) };
  });
  const { placement, parallel } = program.schedule;
  const { machine } = program;
  // Memory is for the experts of all layers; exchanges of a model have much the same slots.
  const slotBytes = priced.reduce(
    (all, { site, prices }) => all + prices.expertBytes * layersUsing(program, site.block),
    0,
  );
  return priced.map(({ site, prices }, index) => {
    const gate = gateShape(site, environment);
    const experts = evaluate(site.gate.dims["experts"] ?? 0, environment);
    const gpus: Gpus | PlaceFault = expertGpus(placement, { ep: parallel.ep, experts, machine, slotBytes });
    const problem =
      "reason" in gpus
        ? gpus
        : {
            ...{ loads: routings[index]?.loads ?? [], gpus, gate, prices },
            groupRule: placement.groups.value,
            pins: placement.constraints?.pinned ?? [],
          };
    return { site, experts, problem };
  });
}

/** Micro-batches for which placement is priced: where the schedule leaves them open, two, which mostly win. */
function microBatches({ schedule }: Program): number {
  const { microBatches: choice, sequences } = schedule.batch;
  if (choice.kind === "pinned") return choice.value;
  return sequences % 2 === 0 ? 2 : 1;
}

function gateShape({ gate }: ExchangeSite, environment: Environment): GateShape {
  const of = (name: string, fallback: number): number => evaluate(gate.dims[name] ?? fallback, environment);
  const groups = of("groups", 1);
  return { topK: of("top_k", 1), groups, topGroups: of("top_groups", groups) };
}
