// The pipeline: from a program and a candidate to a plan. Each line is a pass, each pass is followed by its checker.
import { InternalError } from "../../diagnostics/internal-error.js";
import { planSources, planSpan, type Program } from "../../check/program.js";
import { extend, valueEnvironment } from "../../plan/dimensions.js";
import { evaluate } from "../../plan/expression.js";
import { PLAN_FORMAT } from "../../plan/read.js";
import type {
  Exchange,
  Expr,
  Launch,
  LaunchPlan,
  Measured,
  Operator,
  Phase,
  Placement,
  Role,
  Routing,
} from "../../plan/types.gen.js";
import type { Candidate, PlacementMethod } from "../candidate.js";
import { capacityDimensions } from "../capacity.js";
import { planDimensions, precisionsOf } from "../dimensions.js";
import { acrossGroup, crossesApart, exchange, expertGroup } from "../exchange/exchange.js";
import { KnownExchanges } from "../exchange/known.js";
import { checkLowered, lower, operatorNode, type OperatorGraph } from "../lower/graph.js";
import { exchangeSites, type ExchangeSite } from "../lower/exchanges.js";
import { listedOperators } from "../lower/operators.js";
import { deepEpKernels, Memo, PriceMemo } from "../../simulate/index.js";
import { COMPUTE_STREAM } from "../launches/compute.js";
import { ACROSS_STREAM, TRANSFER_STREAM } from "../launches/transfers.js";
import { BufferBook, bytesOf } from "../memory/buffers.js";
import { layOut } from "../memory/layout.js";
import { estimator } from "../overlap/estimate.js";
import { representative, synchronise, type PlaceOf } from "../overlap/synchronise.js";
import { routingOf } from "../place/loads.js";
import { Placer } from "../place/place.js";
import { measuredTimes } from "./measured.js";
import { scheduleCells, type KnownLaunches } from "./timeline.js";

/** Written into every plan. */
export const GENERATOR = "weft 0.1.0";

/** Transfers go first where both could start: what they wait for is what others wait for. */
const streams: Role["streams"] = [
  { name: COMPUTE_STREAM, kind: "compute", priority: 0 },
  { name: TRANSFER_STREAM, kind: "scale_up", priority: -1 },
];
const streamsAcross: Role["streams"] = [...streams, { name: ACROSS_STREAM, kind: "scale_out", priority: -1 }];

/** What all candidates of a program share. */
export interface Prepared {
  readonly program: Program;
  readonly graphs: ReadonlyMap<string, OperatorGraph>;
  readonly sites: readonly ExchangeSite[];
  readonly operators: readonly Operator[];
  readonly routing: readonly Routing[];
  /** What the user measured. */
  readonly measured: Measured | undefined;
  readonly placer: Placer;
  /** Placements by a method; each method places once. */
  readonly placementsBy: (method: PlacementMethod) => readonly Placement[];
  readonly knownExchanges: KnownExchanges;
  readonly knownLaunches: KnownLaunches;
  readonly priceMemo: PriceMemo;
}

/** Lowers a program and finds what it exchanges. `known`: of a program whose experts are placed alike. */
export function prepare(program: Program, known?: Placer): Prepared {
  const graphs = lower(program.model);
  checkLowered(graphs);
  const sites = exchangeSites(graphs);
  const routing = routingOf(program, sites);
  const placer = known ?? new Placer(program, graphs, sites, routing);
  return {
    program,
    graphs,
    sites,
    operators: listedOperators(program.model),
    routing,
    measured: measuredTimes(program),
    placer,
    placementsBy: (method) => placer.placements(method),
    knownExchanges: new KnownExchanges(),
    knownLaunches: new Memo(),
    priceMemo: new PriceMemo(),
  };
}

/** The plan that a candidate gives, without its `why`. */
export function buildPlan(prepared: Prepared, candidate: Candidate): LaunchPlan {
  const { program, graphs, sites, routing } = prepared;
  const placements = prepared.placementsBy(candidate.placement);
  const shared = planDimensions(program, candidate, placements);
  const dimensions = [...shared, ...capacityDimensions(program, placements, shared)];
  const known = prepared.knownExchanges;
  const group = known.group(expertGroup(program, candidate));
  const exchanges = known.checked(
    exchange(program, sites, placements, dimensions, group, candidate, known.shape),
    placements,
    group,
  );

  const environment = valueEnvironment(dimensions, exchanges);
  const buffers = new BufferBook();
  const estimate = estimator(
    {
      ...{ machine: program.machine, environment, group, exchanges, placements },
      memo: prepared.priceMemo,
      kernels: deepEpKernels({ mode: program.schedule.mode.value }),
    },
    (each, phase) => evaluate(rowBytes(graphs, each, phase), environment),
  );
  const placeOf: PlaceOf = ({ buffer, instance }, layer) => {
    const value =
      typeof instance === "number" ? instance : evaluate(instance, extend(environment, { layer }));
    return `${buffer}[${String(value)}]`;
  };
  const { cells, timeline } = scheduleCells(
    {
      program,
      candidate,
      graphs,
      exchanges,
      placements,
      buffers,
      environment,
      known: prepared.knownLaunches,
    },
    estimate,
    { placeOf, carriesRows: carriesRows(exchanges) },
  );
  const synchronised = synchronise(cells, timeline, placeOf);
  const memory = layOut(buffers.drafts, representative(synchronised, timeline), environment);

  const { schedule, model, machine } = program;
  const world = schedule.parallel.dp;
  const aware = exchanges.some(crossesApart);
  return {
    format: PLAN_FORMAT,
    generator: GENERATOR,
    schedule: {
      name: schedule.name,
      mode: schedule.mode.value,
      micro_batches: candidate.microBatches,
      span: planSpan(program, schedule.span),
    },
    dimensions,
    precisions: precisionsOf(program),
    model,
    operators: [...prepared.operators],
    routing: [...routing],
    machine,
    ...(prepared.measured === undefined ? {} : { measured: prepared.measured }),
    world,
    groups: exchanges.length === 0 ? [] : aware ? [group, acrossGroup(group)] : [group],
    placements: [...placements],
    exchanges,
    memory,
    cells: synchronised,
    roles: [
      {
        name: "all",
        ranks: Array.from({ length: world }, (_, rank) => rank),
        streams: aware ? streamsAcross : streams,
        timeline: [...timeline],
      },
    ],
    sources: planSources(program),
  };
}

/** Bytes of one row of an exchange, in the number format in which a phase carries it. */
function rowBytes(graphs: ReadonlyMap<string, OperatorGraph>, exchange: Exchange, phase: Phase): Expr {
  const graph = graphs.get(exchange.block);
  if (graph === undefined) throw new InternalError(`there is no block ${exchange.block}`);
  const forth = phase.name.startsWith("dispatch");
  const { node } = operatorNode(graph, forth ? exchange.dispatch : exchange.combine);
  return bytesOf([node.output.shape[1] ?? 1], forth ? "dispatch" : "combine");
}

/** Whether a launch transfers rows, whose number the host must know. */
function carriesRows(exchanges: LaunchPlan["exchanges"]): (launch: Launch) => boolean {
  return (launch) => {
    if (launch.kind !== "transfer") return false;
    const phase = exchanges
      .find((each) => each.name === launch.exchange)
      ?.phases.find((each) => each.name === launch.phase);
    if (phase === undefined) throw new InternalError(`${launch.id} names no phase`);
    return phase.carries !== "counts";
  };
}
