// Law of experts' rows: what launches compute for all experts of a rank they find, and leave, as the rows of all sources for the
// rank's slots, sorted by slot, since each slot's rows meet that slot's weights.
import { isOnHost, type AtomLayout, type Buffer, type Exchange, type Node } from "../plan/index.js";
import { sameAtoms, type AtomReader } from "./atoms.js";
import type { Facts } from "./facts.js";
import type { Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

export function* expertRowFaults(facts: Facts): Iterable<Counterexample> {
  const sound = new Map<string, string | undefined>();
  for (const cell of facts.plan.cells)
    for (const launch of cell.launches) {
      if (isOnHost(launch) || launch.kind !== "compute") continue;
      const node = facts.index.node(cell.block, launch.node);
      const exchange = facts.exchangeOf(cell.block, node.id);
      if (exchange === undefined || !isLifted(exchange, node)) continue;
      for (const operand of launch.operands) {
        const buffer = facts.index.buffer(operand.buffer);
        if (!sound.has(buffer.name)) sound.set(buffer.name, rowsFault(facts, exchange, buffer));
        const fault = sound.get(buffer.name);
        if (fault === undefined) continue;
        yield aboutPlan(
          [
            `\`${launch.id}\` of cell \`${cell.name}\` computes for all experts of a rank, and has \`${buffer.name}\` as \`${operand.name}\``,
            fault,
          ],
          launch.span,
        );
        return;
      }
    }
}

const isLifted = ({ dispatch, combine }: Exchange, { id }: Node): boolean =>
  id !== dispatch && id !== combine;

function rowsFault(facts: Facts, exchange: Exchange, { kind, layout }: Buffer): string | undefined {
  if (layout === undefined || kind === "counts")
    return kind === "exchange" ? "nothing says in which order it holds their rows" : undefined;
  const found = facts.plan.exchanges
    .find(({ name }) => name === layout.exchange)
    ?.layouts.find(({ name }) => name === layout.layout);
  if (found === undefined || layout.exchange !== exchange.name)
    return `its rows are of exchange \`${layout.exchange}\``;
  return layoutFault(facts.atomReader(exchange), found);
}

function layoutFault(reader: AtomReader, layout: AtomLayout): string | undefined {
  const what = `layout \`${layout.name}\``;
  if (layout.copies !== undefined) return `${what} holds copies, not the rows of single slots`;
  for (let rank = 0; rank < reader.ranks; rank++) {
    const held = reader.held(layout, rank);
    const own = reader.read({ source: "all", host: "rank" }, rank);
    if ("problem" in held || "problem" in own) continue;
    if (!sameAtoms(held, own))
      return `${what} does not hold on rank ${rank} the rows of all sources for its slots`;
    if (own.slots.length > 1 && own.sources.length > 1 && layout.order[0] !== "slot")
      return `${what} sorts by ${layout.order.join(", ")}, so the rows of slot ${own.slots[0]!} do not stand together on rank ${rank}`;
  }
  return undefined;
}
