// Whether buffers have room for what they must hold: their own shape with scales, and, where they hold atoms, the rows
// or counts of all of them under the worst routing within bounds.
import {
  ELEMENTS_PER_SCALE,
  evaluate,
  mostSlots,
  type AtomLayout,
  type Buffer,
  type Exchange,
} from "../plan/index.js";
import { AtomReader, sizeOf } from "./atoms.js";
import type { Facts } from "./facts.js";
import { grouped, type Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

export function* roomFaults(facts: Facts): Iterable<Counterexample> {
  for (const buffer of facts.plan.memory.buffers) {
    const needed = contentBytes(facts, buffer);
    if (needed > buffer.instance_bytes.value)
      yield aboutPlan([
        `buffer \`${buffer.name}\` of shape [${shapeOf(facts, buffer).join(", ")}] needs ${grouped(needed)} bytes`,
        `each instance has ${grouped(buffer.instance_bytes.value)}`,
      ]);
  }
  for (const exchange of facts.plan.exchanges) {
    const { span } = facts.index.node(exchange.block, exchange.dispatch);
    const { tokens, topK } = facts.gateShape(exchange);
    if (exchange.mean_rows.value !== tokens * topK)
      yield aboutPlan(
        [
          `a rank sends ${grouped(tokens * topK)} rows in exchange \`${exchange.name}\`: ${tokens} tokens to ${topK} experts each`,
          `its \`mean_rows\` says ${grouped(exchange.mean_rows.value)}`,
        ],
        span,
      );
    const needed = worstRows(facts, exchange);
    if (exchange.capacity_rows.value < needed)
      yield aboutPlan(
        [
          `a rank may receive ${grouped(needed)} rows in exchange \`${exchange.name}\`: ${whyWorst(facts, exchange)}`,
          `there is room for ${grouped(exchange.capacity_rows.value)}`,
        ],
        span,
      );
    yield* atomFaults(facts, exchange);
  }
}

/** Buffers that hold atoms of an exchange, and have too few rows or counts for them. */
function* atomFaults(facts: Facts, exchange: Exchange): Iterable<Counterexample> {
  const reader = new AtomReader(facts.index.placement(exchange.placement), facts.index.environment);
  for (const layout of exchange.layouts) {
    const entries = mostAtoms(reader, layout);
    const rows = rowsHeld(facts, exchange, layout);
    for (const buffer of facts.plan.memory.buffers) {
      if (buffer.layout?.exchange !== exchange.name || buffer.layout.layout !== layout.name) continue;
      const shape = shapeOf(facts, buffer);
      const isCounts = buffer.kind === "counts";
      const [has, needs] = isCounts ? [shape.reduce(times, 1), entries] : [shape[0] ?? 0, rows];
      if (has < needs)
        yield aboutPlan(
          [
            `buffer \`${buffer.name}\` holds atoms of \`${exchange.name}\` in layout \`${layout.name}\`: up to ${grouped(needs)} ${isCounts ? "counts" : "rows"}`,
            `its shape [${shape.join(", ")}] has room for ${grouped(has)}`,
          ],
          facts.index.node(exchange.block, exchange.dispatch).span,
        );
    }
  }
}

function mostAtoms(reader: AtomReader, layout: AtomLayout): number {
  let most = 0;
  for (let rank = 0; rank < reader.ranks; rank++) {
    const held = reader.read(layout.holds, rank);
    if (!("problem" in held)) most = Math.max(most, sizeOf(held));
  }
  return most;
}

/** Most rows that a layout holds: what one source sends, what one host receives, or what all ranks send. */
function rowsHeld(facts: Facts, exchange: Exchange, { holds }: AtomLayout): number {
  const { tokens, topK } = facts.gateShape(exchange);
  if (holds.source !== "all") return tokens * topK;
  if (holds.host !== "all") return Math.min(exchange.capacity_rows.value, worstCase(facts, exchange));
  return facts.index.group(exchange.group).size * tokens * topK;
}

/** Every token of every rank goes to one rank, to as many of its slots as it can: each slot there holds another expert. */
function worstCase(facts: Facts, exchange: Exchange): number {
  const { tokens, topK } = facts.gateShape(exchange);
  const { size } = facts.index.group(exchange.group);
  return size * tokens * Math.min(topK, mostSlots(facts.index.placement(exchange.placement)));
}

/** Rows that the token policy lets a rank receive: beyond the bound the program ends, with an error. */
function worstRows(facts: Facts, exchange: Exchange): number {
  const { bound } = exchange.tokens;
  const worst = worstCase(facts, exchange);
  const { tokens, topK } = facts.gateShape(exchange);
  return bound === undefined ? worst : Math.min(worst, Math.ceil(bound * tokens * topK));
}

function whyWorst(facts: Facts, exchange: Exchange): string {
  const { tokens, topK } = facts.gateShape(exchange);
  const { size } = facts.index.group(exchange.group);
  const slots = mostSlots(facts.index.placement(exchange.placement));
  const worst = `${size} ranks send ${tokens} tokens each, to at most min(${topK} experts, ${slots} slots) of it`;
  return exchange.tokens.bound === undefined
    ? worst
    : `${worst}, or ${exchange.tokens.bound} times the mean if that is less`;
}

const shapeOf = (facts: Facts, buffer: Buffer): readonly number[] =>
  buffer.shape.map((extent) => evaluate(extent, facts.index.environment));

const times = (left: number, right: number): number => left * right;

/** Bytes of one instance: its elements, and where its number format has scales one for each 128 elements of a row, or for each 128 x 128 of a weight. */
function contentBytes(facts: Facts, buffer: Buffer): number {
  const shape = shapeOf(facts, buffer);
  const { bytes, scale_bytes } = facts.index.precision(buffer.precision);
  const elementBytes = evaluate(bytes, facts.index.environment);
  const scaleBytes = evaluate(scale_bytes, facts.index.environment);
  const perScale = (extent: number): number => Math.ceil(extent / ELEMENTS_PER_SCALE);
  const inBlocks = buffer.precision === "weights" ? -2 : -1;
  const scales =
    shape.slice(0, inBlocks).reduce(times, 1) * shape.slice(inBlocks).map(perScale).reduce(times, 1);
  return shape.reduce(times, 1) * elementBytes + scales * scaleBytes;
}
