// Exchanges refer to nodes, placements and communicators that exist and fit one another, and are small enough to check.
import {
  chunkedSlots,
  mostSlots,
  slotsEnd,
  type Exchange,
  type Group,
  type LaunchPlan,
  type Placement,
} from "../../plan/index.js";
import { slotText } from "../chunks.js";
import { policyIsDefinite } from "./policies.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "./complaint.js";

/** Work that delivery takes on for one exchange: (rank, step) messages, and (source, slot) atoms. */
const MOST_MESSAGES = 4_000_000;
const MOST_ATOMS = 16_000_000;

/** Sort keys that tell all entries apart, for atoms, copies, and counts of both. */
const ORDERS = {
  none: ["slot source", "source slot", "slot rail source", "rail source slot", "host source slot"],
  only: ["node source", "source node", "rail source node"],
  too: ["source slot", "rail source slot"],
} satisfies Record<"none" | "only" | "too", readonly string[]>;

export function* exchangesAreDefinite(plan: LaunchPlan): Iterable<Complaint> {
  const owners = new Map<string, string>();
  for (const exchange of plan.exchanges) {
    yield* refersToWhatExists(plan, exchange);
    yield* duplicates(
      `layouts of exchange \`${exchange.name}\``,
      exchange.layouts.map((each) => each.name),
    );
    yield* duplicates(
      `phases of exchange \`${exchange.name}\``,
      exchange.phases.map((each) => each.name),
    );
    yield* wholeNumber(`\`capacity_rows\` of exchange \`${exchange.name}\``, exchange.capacity_rows.value, 0);
    yield* policyIsDefinite(exchange);
    yield* wholeNumber(`\`mean_rows\` of exchange \`${exchange.name}\``, exchange.mean_rows.value, 0);
    for (const { name, order, copies } of exchange.layouts)
      if (!ORDERS[copies ?? "none"].includes(order.join(" ")))
        yield complaint(
          `layout \`${exchange.name}.${name}\` sorts ${copies === "only" ? "copies" : "atoms"} by ${order.join(", ")}`,
        );
    for (const node of [exchange.dispatch, exchange.combine]) {
      const key = JSON.stringify([exchange.block, node]);
      const other = owners.get(key);
      if (other !== undefined)
        yield complaint(`node \`${node}\` belongs to two exchanges: \`${other}\` and \`${exchange.name}\``);
      owners.set(key, exchange.name);
    }
  }
}

function* refersToWhatExists(plan: LaunchPlan, exchange: Exchange): Iterable<Complaint> {
  const what = `exchange \`${exchange.name}\``;
  const block = plan.model.blocks.find((each) => each.name === exchange.block);
  const node = (id: string) => block?.nodes.find((each) => each.id === id);
  const gate = node(exchange.gate);
  if (gate?.output.kind !== "gate" || gate.output.shape.length !== 2) {
    yield complaint(
      `${what} follows \`${exchange.block}.${exchange.gate}\`, which is not a gate [tokens, top_k]`,
    );
    return;
  }
  const dispatch = node(exchange.dispatch);
  if (dispatch?.output.kind !== "routed" || !dispatch.inputs.includes(exchange.gate))
    yield complaint(`${what}: \`${exchange.dispatch}\` is not a dispatch by \`${exchange.gate}\``);
  const combine = node(exchange.combine);
  if (!combine?.inputs.includes(exchange.gate) || combine.output.kind !== "tokens")
    yield complaint(`${what}: \`${exchange.combine}\` is not a combine by \`${exchange.gate}\``);
  const placement = plan.placements.find((each) => each.name === exchange.placement);
  if (placement?.block !== exchange.block || placement.gate !== exchange.gate)
    yield complaint(`${what} follows the placement \`${exchange.placement}\`, which is not one of its gate`);
  const group = plan.groups.find((each) => each.name === exchange.group);
  if (group === undefined || placement === undefined) {
    yield complaint(`${what} runs on the communicator \`${exchange.group}\`, which does not exist`);
    return;
  }
  if (placement.slot_begin.length !== group.size + 1)
    yield complaint(
      `${what}: its placement is for ${placement.slot_begin.length - 1} ranks, its communicator has ${group.size}`,
    );
  yield* nodesAreDefinite(exchange, group, what);
  yield* chunksAreDefinite(exchange, placement, what);
  for (const { name, group: other } of exchange.phases) {
    if (other === undefined) continue;
    const found = plan.groups.find((each) => each.name === other);
    if (JSON.stringify(found?.instances) !== JSON.stringify(group.instances))
      yield complaint(`phase \`${name}\` of ${what} runs on \`${other}\`, which has not the same ranks`);
  }
  const messages = exchange.phases.reduce((sum, phase) => sum + phase.steps.length * group.size, 0);
  yield* wholeNumber(`the number of messages of ${what}`, messages, 0, MOST_MESSAGES);
  yield* wholeNumber(`the number of atoms of ${what}`, group.size * placement.slots, 1, MOST_ATOMS);
}

/** Chunks are the slots of the rank with the most in order; only what goes straight to its slot, once, is cut. */
function* chunksAreDefinite(exchange: Exchange, placement: Placement, what: string): Iterable<Complaint> {
  const { chunks, ranks_per_node: ranksPerNode, tokens } = exchange;
  if (chunks === undefined) return;
  const text = chunks.map(slotText).join(", ");
  let end = 0;
  for (const chunk of chunks) {
    if (chunk.first !== end) break;
    end = slotsEnd(chunk);
  }
  const most = mostSlots(placement);
  if (chunks.length < 2 || end !== most || end !== chunkedSlots(exchange))
    yield complaint(
      `${what} is cut into chunks of ${text === "" ? "nothing" : text}, which are not several that divide the ${most} slots of a rank`,
    );
  if (ranksPerNode !== undefined) yield complaint(`${what} is cut into chunks, but forwards copies`);
  if (tokens.overflow === "rounds") yield complaint(`${what} is cut into chunks, but may go on in rounds`);
}

/** Nodes divide the ranks, and what speaks of copies is there exactly where there are nodes. */
function* nodesAreDefinite(exchange: Exchange, { size }: Group, what: string): Iterable<Complaint> {
  const { ranks_per_node: ranksPerNode, most_copies: mostCopies, layouts, phases } = exchange;
  const copies =
    mostCopies !== undefined ||
    exchange.partial_sums !== undefined ||
    layouts.some((each) => each.copies !== undefined) ||
    phases.some((each) => each.carries === "copies");
  if (ranksPerNode === undefined) {
    if (copies) yield complaint(`${what} speaks of copies, but knows no nodes`);
    return;
  }
  if (size % ranksPerNode !== 0)
    yield complaint(`${what} has nodes of ${ranksPerNode} ranks, which do not divide its ${size}`);
  if (mostCopies === undefined) yield complaint(`${what} does not say how many copies a rank sends at most`);
  else yield* wholeNumber(`\`most_copies\` of ${what}`, mostCopies.value, 0);
}
