// The argument for buffers that hold the same atoms in another order. Kernels put atoms in the order of their buffer's layout, as the
// verifier assumes; so another order does no harm where every message still lies in one piece at both ends, its atoms in one order,
// and experts still find the rows of each slot together.
import {
  AtomOrder,
  AtomSpace,
  evaluate,
  extend,
  PlanIndex,
  slotRangeOf,
  type AtomSet,
  type Exchange,
  type Launch,
  type LaunchPlan,
} from "../../../src/plan/index.js";

/** The words of the argument where orders are all that differs. */
export function messagesStillFit(plan: LaunchPlan, mutant: LaunchPlan): string | undefined {
  if (JSON.stringify(withoutOrders(plan)) !== JSON.stringify(withoutOrders(mutant))) return undefined;
  const index = new PlanIndex(mutant);
  for (const exchange of mutant.exchanges) {
    const orders = new Orders(index, exchange);
    for (const cell of mutant.cells)
      for (const launch of cell.launches)
        if (launch.exchange === exchange.name && !launchFits(index, exchange, orders, launch))
          return undefined;
  }
  return "kernels follow the order of a layout, and in the other one every message lies in one piece too";
}

/** A plan in which layouts are named by what they hold. */
function withoutOrders(plan: LaunchPlan): unknown {
  const held = new Map(
    plan.exchanges.flatMap(({ name, layouts }) =>
      layouts.map((each) => [`${name} ${each.name}`, JSON.stringify([each.holds, each.copies])] as const),
    ),
  );
  return {
    ...plan,
    exchanges: plan.exchanges.map((exchange) => ({
      ...exchange,
      layouts: exchange.layouts.map(({ order: _order, ...each }) => each),
    })),
    memory: {
      ...plan.memory,
      buffers: plan.memory.buffers.map(({ layout, ...each }) => ({
        ...each,
        layout: layout && [layout.exchange, held.get(`${layout.exchange} ${layout.layout}`)],
      })),
    },
  };
}

/** Where entries stand, by layout and rank. */
class Orders {
  readonly space: AtomSpace;
  readonly #known = new Map<string, AtomOrder>();
  constructor(
    readonly index: PlanIndex,
    readonly exchange: Exchange,
  ) {
    this.space = new AtomSpace(exchange, index.placement(exchange.placement));
  }
  of(buffer: string, rank: number): AtomOrder | undefined {
    const { layout: reference } = this.index.buffer(buffer);
    const layout = this.exchange.layouts.find(({ name }) => name === reference?.layout);
    if (layout === undefined || reference?.exchange !== this.exchange.name) return undefined;
    const key = `${layout.name} ${rank}`;
    const order = this.#known.get(key) ?? new AtomOrder(layout, this.space, this.index.environment, rank);
    this.#known.set(key, order);
    return order;
  }
}

function launchFits(index: PlanIndex, exchange: Exchange, orders: Orders, launch: Launch): boolean {
  if (launch.kind === "compute") return isExpertFed(exchange, orders, launch);
  if (launch.kind !== "transfer") return true;
  const buffer = (name: string): string => launch.operands.find((each) => each.name === name)!.buffer;
  return index.phase(exchange.name, launch.phase).steps.every(({ to, send }) =>
    Array.from({ length: orders.space.ranks }, (_, rank) => rank).every((rank) => {
      const peer = evaluate(to, extend(index.environment, { rank }));
      const [sender, receiver] = [orders.of(buffer("send"), rank), orders.of(buffer("receive"), peer)];
      if (sender === undefined || receiver === undefined) return false;
      const [left, taken] = [sender, receiver].map((order) =>
        inOnePiece(orders.space, order, send, rank, index),
      );
      return left !== undefined && left === taken;
    }),
  );
}

/** The entries of a set as a layout orders them, or undefined where others stand between them. */
function inOnePiece(
  space: AtomSpace,
  order: AtomOrder,
  set: AtomSet,
  rank: number,
  index: PlanIndex,
): string | undefined {
  const environment = extend(index.environment, { rank });
  const sources = new Set(space.ranksIn(set.source, environment));
  const slots = space.slotsOf(space.ranksIn(set.host, environment), slotRangeOf(set, environment));
  const columns = new Set([...slots, ...slots.map((slot) => space.slots + space.nodeOf(space.hostOf(slot)))]);
  const entries: string[] = [];
  let [at, first, last] = [0, -1, -1];
  order.forEach((source, column) => {
    if (sources.has(source) && columns.has(column)) {
      entries.push(`${source},${column}`);
      if (first < 0) first = at;
      last = at;
    }
    at++;
  });
  return last - first + 1 === entries.length || entries.length === 0 ? entries.join(" ") : undefined;
}

/** Whether the rows of each slot stand together in what a launch for all experts touches. */
function isExpertFed(
  { dispatch, combine }: Exchange,
  orders: Orders,
  { node, operands }: Extract<Launch, { kind: "compute" }>,
): boolean {
  if (node === dispatch || node === combine) return true;
  return operands.every(({ buffer }) => {
    if (orders.index.buffer(buffer).kind === "counts") return true;
    return Array.from({ length: orders.space.ranks }, (_, rank) => orders.of(buffer, rank)).every((order) => {
      const columns: number[] = [];
      order?.forEach((_source, column) => columns.push(column));
      return columns.every((column, at) => at === 0 || column >= columns[at - 1]!);
    });
  });
}
