// Whether buffers have room for what they must hold: their own shape with scales, and, where they hold atoms, the rows
// or counts of all of them under the worst routing within bounds.
import {
  ELEMENTS_PER_SCALE,
  evaluate,
  isRunTimeCount,
  mostSlots,
  namesIn,
  type AtomLayout,
  type Buffer,
  type Exchange,
  type Rounds,
} from "../plan/index.js";
import { includes, type AtomReader, type Atoms } from "./atoms.js";
import type { Facts } from "./facts.js";
import { atomRowFaults, fixedAtomRows, sentRows, whySent } from "./fixed-rows.js";
import { entryCount } from "./pieces.js";
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
    yield* atomRowFaults(facts, exchange);
    const sent = sentRows(facts, exchange);
    if (exchange.mean_rows.value !== sent)
      yield aboutPlan(
        [
          `a rank sends ${grouped(sent)} rows in exchange \`${exchange.name}\`: ${whySent(facts, exchange)}`,
          `its \`mean_rows\` says ${grouped(exchange.mean_rows.value)}`,
        ],
        span,
      );
    const needed = worstRows(facts, exchange);
    if (exchange.capacity_rows.value < needed)
      yield aboutPlan(
        [
          `a rank may ${exchange.ranks_per_node === undefined ? "receive" : "receive or forward"} ${grouped(needed)} rows in exchange \`${exchange.name}\`: ${whyWorst(facts, exchange)}`,
          `there is room for ${grouped(exchange.capacity_rows.value)}`,
        ],
        span,
      );
    yield* atomFaults(facts, exchange);
  }
  for (const { launches } of facts.plan.cells)
    for (const launch of launches) if (launch.kind === "rounds") yield* roundFaults(facts, launch);
  yield* idleBytes(facts);
}

/** Buffers with more bytes than their shape needs: then the shape is not that of what they were made for. */
function* idleBytes(facts: Facts): Iterable<Counterexample> {
  const { buffers, alignment_bytes: unit } = facts.plan.memory;
  for (const buffer of buffers) {
    const needed = Math.ceil(contentBytes(facts, buffer) / unit) * unit;
    if (needed >= buffer.instance_bytes.value) continue;
    yield aboutPlan([
      `each instance of buffer \`${buffer.name}\` has ${grouped(buffer.instance_bytes.value)} bytes`,
      `its shape [${shapeOf(facts, buffer).join(", ")}] needs only ${grouped(needed)}`,
    ]);
  }
}

/** Rounds of so many tokens that some routing of them exceeds what fits. */
function* roundFaults(facts: Facts, { id, exchange: name, tokens, span }: Rounds): Iterable<Counterexample> {
  const exchange = facts.index.exchange(name);
  const ofOneToken = worstCase(facts, exchange) / facts.gateShape(exchange).tokens;
  const does = exchange.ranks_per_node === undefined ? "receive" : "receive or forward";
  const fits = exchange.capacity_rows.value;
  const byCounts = namesIn(tokens.expr).some(isRunTimeCount);
  if (tokens.value < 1 || !Number.isInteger(tokens.value) || byCounts)
    yield aboutPlan(
      [`rounds \`${id}\` have ${tokens.value} tokens${byCounts ? ", by run-time counts" : ""}`],
      span,
    );
  else if (tokens.value * ofOneToken > fits)
    yield aboutPlan(
      [
        `in a round of ${grouped(tokens.value)} tokens of \`${id}\` a rank may ${does} ${grouped(tokens.value * ofOneToken)} rows: ${grouped(ofOneToken)} for one token of each rank`,
        `there is room for ${grouped(fits)}`,
      ],
      span,
    );
}

/** Buffers that hold atoms of an exchange, and have too few rows or counts for them. */
function* atomFaults(facts: Facts, exchange: Exchange): Iterable<Counterexample> {
  const reader = facts.atomReader(exchange);
  for (const layout of exchange.layouts) {
    const held = heldOnRanks(reader, layout);
    const entries = Math.max(0, ...held.map((each) => entryCount(reader, each, layout)));
    const rows = Math.max(
      0,
      ...held.map((each, rank) => rowsHeld(facts, exchange, reader, layout, each, rank)),
    );
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

/** [rank] what a layout holds there; nothing where that is not definite, which delivery tells. */
function heldOnRanks(reader: AtomReader, { holds }: AtomLayout): readonly Atoms[] {
  return Array.from({ length: reader.ranks }, (_, rank) => {
    const held = reader.read(holds, rank);
    return "problem" in held ? { sources: [], slots: [] } : held;
  });
}

/** Most rows of a set on a rank: all tokens of its sources, each with as many rows as it can have, unless the host sees to fewer. */
function rowsHeld(
  facts: Facts,
  exchange: Exchange,
  reader: AtomReader,
  { copies }: AtomLayout,
  held: Atoms,
  rank: number,
): number {
  const fixed = fixedAtomRows(exchange);
  if (fixed !== undefined) return held.sources.length * held.slots.length * fixed;
  const { tokens, topK } = facts.gateShape(exchange);
  const each =
    copies === undefined
      ? held.slots.length
      : new Set(held.slots.map((slot) => reader.nodeOf(reader.hosts[slot]!))).size;
  const most = held.sources.length * tokens * Math.min(topK, each);
  const counted =
    copies === undefined && countedSets(exchange, reader, rank).some((set) => includes(set, held));
  return counted ? Math.min(most, exchange.capacity_rows.value) : most;
}

/** Sets whose rows the host counts before they travel: what a rank receives and, where it does, what it forwards. */
function countedSets(exchange: Exchange, reader: AtomReader, rank: number): readonly Atoms[] {
  const sets = [reader.read({ source: "all", host: "rank" }, rank)];
  if (exchange.ranks_per_node !== undefined) {
    const step = exchange.ranks_per_node;
    const [rail, node] = [rank % step, rank - (rank % step)];
    sets.push(
      reader.read(
        {
          source: { first: rail, step, count: reader.ranks / step },
          host: { first: node, step: 1, count: step },
        },
        rank,
      ),
    );
  }
  return sets.flatMap((each) => ("problem" in each ? [] : [each]));
}

/**
 * Every token of every rank goes to one rank, to as many of its slots as it can: each slot there holds another expert. A rank
 * that forwards for others may have all tokens of its rail go to its node.
 */
function worstCase(facts: Facts, exchange: Exchange): number {
  const { tokens, topK } = facts.gateShape(exchange);
  const { size } = facts.index.group(exchange.group);
  const placement = facts.index.placement(exchange.placement);
  const fixed = fixedAtomRows(exchange);
  if (fixed !== undefined) return size * fixed * mostSlots(placement);
  const received = size * tokens * Math.min(topK, mostSlots(placement));
  if (exchange.ranks_per_node === undefined) return received;
  return Math.max(received, (size / exchange.ranks_per_node) * tokens * topK);
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
  const rows = fixedAtomRows(exchange);
  if (rows !== undefined)
    return `${size} ranks send ${grouped(rows)} each to every slot, of which it has up to ${slots}`;
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
