// What a plan says, in words that leave no choice: expressions over ranks as the ranks, atoms and orders that they give. Two plans
// that say the same are executed alike. Layouts are read as executions read them (src/plan/atoms.ts), not as the verifier does.
import {
  AtomOrder,
  AtomSpace,
  evaluate,
  extend,
  PlanIndex,
  slotRangeOf,
  type AtomLayout,
  type AtomSet,
  type Buffer,
  type Exchange,
  type Launch,
  type LaunchPlan,
  type Phase,
} from "../../../src/plan/index.js";

/** A number that depends on every entry of a list and on their order. */
class Digest {
  #one = 17;
  #other = 31;
  add(value: number): void {
    this.#one = (Math.imul(this.#one, 0x01000193) ^ value) >>> 0;
    this.#other = (Math.imul(this.#other ^ (this.#one >>> 7), 0x85ebca6b) + value) >>> 0;
  }
  get text(): string {
    return `${this.#one} ${this.#other}`;
  }
}

/** The words of the argument where both plans say the same. */
export function sameMeaning(plan: LaunchPlan, mutant: LaunchPlan): string | undefined {
  return JSON.stringify(meaningOf(plan)) === JSON.stringify(meaningOf(mutant))
    ? "it says the same in other words: the same ranks, atoms, orders and number formats"
    : undefined;
}

/** A plan of which what may be said in several ways is said in one. */
export function meaningOf(plan: LaunchPlan): LaunchPlan {
  const index = new PlanIndex(plan);
  const layouts = new Map<string, string>();
  const inner = innerBuffers(plan);
  const exchanges = plan.exchanges.map((exchange) => {
    const space = new AtomSpace(exchange, index.placement(exchange.placement));
    for (const layout of exchange.layouts)
      layouts.set(`${exchange.name} ${layout.name}`, entriesOf(index, space, layout));
    return {
      ...exchange,
      layouts: [],
      phases: exchange.phases.map((phase) => ({
        ...phase,
        steps: [messagesOf(index, space, phase)] as unknown as Phase["steps"],
      })),
    } satisfies Exchange;
  });
  return {
    ...plan,
    exchanges,
    cells: plan.cells.map((cell) => ({ ...cell, launches: cell.launches.map(withoutNames) })),
    memory: {
      ...plan.memory,
      buffers: plan.memory.buffers.map((buffer) => bufferMeaning(index, layouts, inner, buffer)),
    },
  };
}

/** What of each layout stands where on each rank. */
function entriesOf(index: PlanIndex, space: AtomSpace, layout: AtomLayout): string {
  const digest = new Digest();
  for (let rank = 0; rank < space.ranks; rank++) {
    const order = new AtomOrder(layout, space, index.environment, rank);
    digest.add(order.count);
    order.forEach((source, column) => {
      digest.add(source);
      digest.add(column);
    });
  }
  return digest.text;
}

/** Every message of a phase with its atoms, but for those of none. */
function messagesOf(index: PlanIndex, space: AtomSpace, { steps }: Phase): string {
  const digest = new Digest();
  for (const { to, from, send, receive } of steps)
    for (let rank = 0; rank < space.ranks; rank++) {
      const environment = extend(index.environment, { rank });
      for (const [peer, set] of [
        [to, send],
        [from, receive],
      ] as const) {
        const { sources, slots } = atomsOf(space, set, environment);
        if (sources.length * slots.length === 0) continue;
        digest.add(rank);
        digest.add(evaluate(peer, environment));
        for (const each of [...sources, -1, ...slots, -2]) digest.add(each);
      }
    }
  return digest.text;
}

const atomsOf = (space: AtomSpace, set: AtomSet, environment: PlanIndex["environment"]) => ({
  sources: space.ranksIn(set.source, environment),
  slots: space.slotsOf(space.ranksIn(set.host, environment), slotRangeOf(set, environment)),
});

/** Which operand of which of its launches an entry of kind rounds names a buffer after says nothing. */
function withoutNames(launch: Launch): Launch {
  if (launch.kind !== "rounds") return launch;
  const operands = launch.operands
    .map((each) => ({ ...each, name: "" }))
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  return { ...launch, operands };
}

/** Buffers that kernels of one node alone touch: their rows are those of its launches, in whichever order it has them. */
function innerBuffers({ cells }: LaunchPlan): ReadonlySet<string> {
  const users = new Map<string, Set<string>>();
  for (const { block, launches } of cells)
    for (const { node, kind, operands } of launches)
      for (const { buffer } of kind === "rounds" ? [] : operands)
        users.set(buffer, (users.get(buffer) ?? new Set()).add(`${block} ${node} ${kind}`));
  return new Set(
    [...users].flatMap(([buffer, own]) =>
      own.size === 1 && [...own].every((each) => each.endsWith(" compute")) ? [buffer] : [],
    ),
  );
}

/**
 * A number format by its bytes and scales; kinds that launches write, in no order of atoms, are alike. Extents say how many bytes a
 * buffer needs, and `instance_bytes` how many it has; only of rows that travel their width is asked for.
 */
function bufferMeaning(
  index: PlanIndex,
  layouts: ReadonlyMap<string, string>,
  inner: ReadonlySet<string>,
  { precision, layout: stated, kind, shape, ...buffer }: Buffer,
): Buffer {
  const layout = inner.has(buffer.name) ? undefined : stated;
  const { dtype, bytes, scale_bytes: scales } = index.precision(precision);
  const scaleBytes = evaluate(scales, index.environment);
  const inBlocks = scaleBytes > 0 && precision === "weights";
  const written = kind === "activation" || kind === "exchange" || kind === "counts";
  return {
    ...buffer,
    shape: layout === undefined ? [] : shape.slice(1),
    kind: kind === "exchange" || (written && layout === undefined) ? "activation" : kind,
    precision:
      `${dtype} ${evaluate(bytes, index.environment)} ${scaleBytes} ${String(inBlocks)}` as Buffer["precision"],
    ...(layout && {
      layout: { ...layout, layout: layouts.get(`${layout.exchange} ${layout.layout}`) ?? "" },
    }),
  };
}
