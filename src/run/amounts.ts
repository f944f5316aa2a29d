// How much a plan executes as a whole, to set beside what its miniature executed: counted from the timelines, with
// expected rows where a size is known only at run time.
import {
  AtomSpace,
  countByColumn,
  dimensionEnvironment,
  ELEMENTS_PER_SCALE,
  evaluate,
  expandTimeline,
  extend,
  gateChoice,
  placementOfLayer,
  PlanIndex,
  sharesWithCopies,
  turnsOf,
  type AtomLayout,
  type Environment,
  type Exchange,
  type LaunchInstance,
  type LaunchPlan,
  type Phase,
  type TransferLaunch,
} from "../plan/index.js";

export interface PlanAmounts {
  readonly layers: number;
  /** Launches, transfers and host reads of all ranks. */
  readonly launches: number;
  /** Messages, those of a rank to itself included. */
  readonly transfers: number;
  /** Expected bytes of these. */
  readonly bytes: number;
}

export function amountsOf(plan: LaunchPlan): PlanAmounts {
  const index = new PlanIndex(plan);
  const amounts = { layers: index.layers, launches: 0, transfers: 0, bytes: 0 };
  const known = new Map<string, { transfers: number; bytes: number }>();
  const traffics = new Map<string, Traffic>();
  for (const role of plan.roles)
    for (const instance of expandTimeline(plan, role)) {
      if (instance.launch.kind === "rounds") continue;
      amounts.launches += role.ranks.length;
      if (instance.launch.kind !== "transfer") continue;
      // Layers differ by placement at most, so the messages of a launch are priced once for each of them.
      const { within } = index.runOfLayer(instance.layer);
      const tables = index.placement(index.exchange(instance.launch.exchange).placement).layers.length;
      const key = `${role.name}/${instance.cell.name}/${instance.launch.id}/${tables > 1 ? within : 0}`;
      let each = known.get(key);
      if (each === undefined) {
        const { exchange, phase } = instance.launch;
        const trafficKey = `${role.name}/${exchange}/${phase}`;
        let traffic = traffics.get(trafficKey);
        if (traffic === undefined)
          traffics.set(
            trafficKey,
            (traffic = trafficOf(index, new Set(role.ranks), index.exchange(exchange), instance.launch)),
          );
        known.set(key, (each = messagesOf(index, traffic, instance, instance.launch)));
      }
      amounts.transfers += each.transfers;
      amounts.bytes += each.bytes;
    }
  return { ...amounts, bytes: Math.round(amounts.bytes) };
}

/** What a phase sends, whatever the layer. */
interface Traffic {
  readonly messages: number;
  /** [column] how many messages carry an entry of the column: a slot, or behind them a node's copies. */
  readonly entries: Float64Array;
}

function trafficOf(
  index: PlanIndex,
  roleRanks: ReadonlySet<number>,
  exchange: Exchange,
  launch: TransferLaunch,
): Traffic {
  const space = new AtomSpace(exchange, index.placement(exchange.placement));
  const { steps } = index.phase(exchange.name, launch.phase);
  const layout = sentLayout(index, exchange, launch);
  const environment = dimensionEnvironment(index.plan.dimensions);
  const entries = new Float64Array(space.columns);
  let messages = 0;
  for (const ranks of index.group(exchange.group).instances)
    ranks.forEach((rank, self) => {
      if (!roleRanks.has(rank)) return;
      const own = extend(environment, { rank: self });
      messages += steps.length;
      for (const { send } of steps) {
        const { columns, sources } = countByColumn(send, layout, space, own);
        for (const column of columns) entries[column]! += sources;
      }
    });
  return { messages, entries };
}

/** The layout of what a transfer sends. */
function sentLayout(
  index: PlanIndex,
  exchange: Exchange,
  launch: TransferLaunch,
): Pick<AtomLayout, "order" | "copies"> {
  const operand = launch.operands.find((each) => each.name === "send");
  const name = operand === undefined ? undefined : index.buffer(operand.buffer).layout?.layout;
  return exchange.layouts.find((each) => each.name === name) ?? { order: ["source", "slot"] };
}

/**
 * Messages and bytes of a transfer launch of a layer on some ranks, `rows` being what a rank sends on average to each slot, and
 * behind them copies to each node.
 */
export function messagesWithRows(
  index: PlanIndex,
  ranks: ReadonlySet<number>,
  launch: TransferLaunch,
  layer: number,
  rows: readonly number[],
): { transfers: number; bytes: number } {
  const traffic = trafficOf(index, ranks, index.exchange(launch.exchange), launch);
  return messagesOf(index, traffic, { layer }, launch, () => rows);
}

/** Messages and bytes of a transfer launch of a layer. */
function messagesOf(
  index: PlanIndex,
  { messages, entries }: Traffic,
  { layer }: Pick<LaunchInstance, "layer">,
  launch: TransferLaunch,
  rowsOf = expectedRows,
): { transfers: number; bytes: number } {
  const exchange = index.exchange(launch.exchange);
  const { carries } = index.phase(exchange.name, launch.phase);
  const environment = extend(dimensionEnvironment(index.plan.dimensions), { layer });
  const operand = launch.operands.find((each) => each.name === "send");
  const atomBytes = operand === undefined ? 0 : rowBytes(index, operand.buffer, carries, environment);
  const rows = carries !== "counts" ? rowsOf(index, exchange, layer) : undefined;
  const atomRows = entries.reduce((sum, atoms, column) => sum + atoms * (rows?.[column] ?? 1), 0);
  return { transfers: messages, bytes: atomBytes * atomRows };
}

/** Bytes of a row of a buffer with its scales, or of a count. */
function rowBytes(
  index: PlanIndex,
  bufferName: string,
  carries: Phase["carries"],
  environment: Environment,
): number {
  const buffer = index.buffer(bufferName);
  const precision = index.precision(buffer.precision);
  const element = evaluate(precision.bytes, environment);
  if (carries === "counts") return element;
  const [, ...extents] = buffer.shape;
  const width = extents.reduce<number>((product, each) => product * evaluate(each, environment), 1);
  const scale = evaluate(precision.scale_bytes, environment);
  return width * element + Math.ceil(width / ELEMENTS_PER_SCALE) * scale;
}

/** [column] rows that a rank sends on average to a slot, and behind them copies to a node. */
function expectedRows(index: PlanIndex, exchange: Exchange, layer: number): readonly number[] {
  const { plan } = index;
  const placement = index.placement(exchange.placement);
  if (exchange.atom_rows !== undefined)
    return new Array<number>(placement.slots).fill(exchange.atom_rows.value);
  const { within } = index.runOfLayer(layer);
  const tables = placementOfLayer(placement, within);
  const routing = plan.routing.find((each) => each.block === exchange.block && each.gate === exchange.gate);
  const loads =
    routing?.loads[within] ??
    routing?.loads[0] ??
    Array.from({ length: placement.experts }, () => 1 / placement.experts);
  const environment = dimensionEnvironment(plan.dimensions);
  const tokens = evaluate("tokens", environment);
  const choice = gateChoice(index.node(exchange.block, exchange.gate), environment);
  const rows = new Array<number>(placement.slots).fill(0);
  for (let expert = 0; expert < placement.experts; expert++) {
    const turns = turnsOf(tables, expert);
    const rowsOfTurn = (tokens * choice.topK * (loads[expert] ?? 0)) / turns.length;
    for (const slot of turns) rows[slot]! += rowsOfTurn;
  }
  if (exchange.ranks_per_node === undefined) return rows;
  const space = new AtomSpace(exchange, placement);
  const shares = sharesWithCopies(loads, tables, space, choice, space.nodes, space.nodeOf);
  return [...rows, ...shares.map((share) => share * tokens)];
}
