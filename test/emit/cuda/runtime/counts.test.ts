// Layouts and counts of the emitted runtime give what those of the executor give, for every kind of exchange.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeShape } from "../../../../src/passes/exchange/shape.js";
import type { CountsOf } from "../../../../src/passes/exchange/direct.js";
import {
  AtomOrder,
  AtomSpace,
  countBefore,
  dimensionEnvironment,
  evaluate,
  type AtomLayout,
  type AtomSet,
  type Exchange,
  type Phase,
  type Placement,
  type Ranks,
} from "../../../../src/plan/index.js";
import { AtomOffsets } from "../../../../src/run/atoms.js";
import { countTableOf, type CountTable } from "../../../../src/run/count-table.js";
import type { ExecutionContext } from "../../../../src/run/context.js";
import { HostCounts } from "../../../../src/run/counts.js";
import { Draws } from "../../../../src/run/random.js";
import { exceedsBound } from "../../../../src/run/rounds.js";
import { canRun } from "../program.js";
import { ask, compileDriver, type Driver } from "./driver.js";

const SORTS = ["slot", "host", "source", "rail", "node"] as const;
/** More than any rank sends here. */
const MOST_SENT = 1000;

/** Questions to the driver and the answers that are expected. */
class Questions {
  readonly asked: string[] = [];
  readonly expected: string[] = [];

  ask(question: readonly (string | number)[], answer?: readonly number[] | string): void {
    this.asked.push(question.join(" "));
    if (answer !== undefined) this.expected.push(typeof answer === "string" ? answer : answer.join(" "));
  }
}

interface Case {
  readonly algorithm: "direct_by_peer" | "direct_by_slot" | "node_aware";
  readonly counts: CountsOf;
  readonly ranksPerNode?: number;
  readonly partialSums?: boolean;
  readonly chunks?: number;
}

const cases: readonly Case[] = [
  { algorithm: "direct_by_peer", counts: "told" },
  { algorithm: "direct_by_peer", counts: "gathered", chunks: 2 },
  { algorithm: "direct_by_slot", counts: "told", chunks: 3 },
  { algorithm: "direct_by_slot", counts: "fixed", chunks: 2 },
  { algorithm: "direct_by_peer", counts: "fixed" },
  { algorithm: "node_aware", counts: "told", ranksPerNode: 2 },
  { algorithm: "node_aware", counts: "told", ranksPerNode: 3, partialSums: true },
  { algorithm: "node_aware", counts: "gathered", ranksPerNode: 2, partialSums: true },
  { algorithm: "node_aware", counts: "gathered", ranksPerNode: 4 },
];

/** A placement with so many slots on each rank. */
function placementOf(own: readonly number[]): Placement {
  const slotBegin = [0];
  for (const slots of own) slotBegin.push(slotBegin.at(-1)! + slots);
  const slots = slotBegin.at(-1)!;
  return { name: "p", block: "b", gate: "g", experts: slots, slots, slot_begin: slotBegin, layers: [] };
}

function exchangeOf(
  { algorithm, counts, ranksPerNode, partialSums = false, chunks = 1 }: Case,
  placement: Placement,
  capacity: number,
): Exchange {
  const ranks = placement.slot_begin.length - 1;
  const own = Array.from(
    { length: ranks },
    (_, rank) => placement.slot_begin[rank + 1]! - placement.slot_begin[rank]!,
  );
  const sized = (value: number) => ({ expr: value, value });
  return {
    ...{ name: "moe", block: "b", gate: "g", dispatch: "d", combine: "c", placement: "p", group: "ep" },
    ...{ transport: "nccl", algorithm, mean_rows: sized(1), capacity_rows: sized(capacity) },
    tokens: { policy: "dropless", bound: 2, overflow: counts === "gathered" ? "rounds" : "abort" },
    ...(counts === "fixed" ? { atom_rows: sized(3) } : {}),
    ...(ranksPerNode === undefined ? {} : { ranks_per_node: ranksPerNode, partial_sums: partialSums }),
    ...exchangeShape(algorithm, ranks, Math.max(...own), counts, ranksPerNode, partialSums, chunks),
  };
}

/** What countTableOf asks of an execution, where the table has a layout of the exchange. */
function tableOf(exchange: Exchange, space: AtomSpace, self: number, layout: AtomLayout): CountTable {
  const context = {
    index: {
      placement: () => space.placement,
      buffer: () => ({ layout: { exchange: exchange.name, layout: layout.name } }),
    },
    groupOf: () => ({ self }),
    spaceOf: () => space,
  };
  const operand = { name: "received", buffer: "b", instance: 0, access: "read" } as const;
  return countTableOf(context as unknown as ExecutionContext, exchange, self, [operand])!;
}

/** The layout of the table that a host reads. */
function layoutOfTable({ layouts, ranks_per_node }: Exchange): AtomLayout {
  const name = ranks_per_node !== undefined ? "node_counts" : "everybody";
  return layouts.find((each) => each.name === name) ?? layouts.find((each) => each.name === "arriving")!;
}

function rangeOf(ranks: Ranks, space: AtomSpace, self: number): number[] {
  const value = (expr: Parameters<typeof evaluate>[0]) => evaluate(expr, environmentOf(self));
  if (ranks === "all") return [0, 1, space.ranks];
  if (typeof ranks === "object" && !Array.isArray(ranks))
    return [value(ranks.first), ranks.step, ranks.count];
  return [value(ranks), 1, 1];
}

const environmentOf = (self: number) => (name: string) => (name === "rank" ? self : undefined);

function setOf({ source, host, slot, slots }: AtomSet, space: AtomSpace, self: number): number[] {
  const range =
    slot === undefined ? [slots?.first ?? 0, slots?.count ?? -1] : [evaluate(slot, environmentOf(self)), 1];
  return [...rangeOf(source, space, self), ...rangeOf(host, space, self), ...range];
}

/** Whether the entries of a set stand together in a layout, in its order. */
function standTogether(order: AtomOrder, set: AtomSet, self: number): boolean {
  const part = new AtomOrder({ ...order.layout, holds: set }, order.space, dimensionEnvironment([]), self);
  const positions: (number | undefined)[] = [];
  part.forEach((source, column) => positions.push(order.positionOf(source, column)));
  return positions.every((position, at) => position !== undefined && position === positions[0]! + at);
}

/** Every set of the phases that a layout could be cut into. */
const setsOf = (phases: readonly Phase[]): readonly AtomSet[] =>
  phases.flatMap(({ steps }) => steps.flatMap(({ send, receive }) => [send, receive]));

function askAbout(questions: Questions, exchange: Exchange, placement: Placement, draws: Draws): void {
  const space = new AtomSpace(exchange, placement);
  const nodeAware = exchange.ranks_per_node !== undefined;
  questions.ask(["space", space.ranks, space.slots, exchange.ranks_per_node ?? 0, ...placement.slot_begin]);
  const rows = Array.from({ length: space.ranks }, () =>
    Uint32Array.from({ length: space.columns }, () => draws.below(4)),
  );
  const self = draws.below(space.ranks);
  const counts = hostCounts(exchange, space, self, rows);
  const told = counts.layout.isGathered ? 2 : nodeAware ? 1 : 0;
  const rounds = exchange.tokens.overflow === "rounds";
  const words =
    exchange.atom_rows === undefined ? [...sentWords(space, rows[self]!, nodeAware), ...counts.table] : [];
  const exceeds = rounds && exceedsBound(exchange, counts);
  const own = placement.slot_begin[self + 1]! - placement.slot_begin[self]!;
  const before = Array.from({ length: own + 1 }, (_, slot) => counts.totals[countBefore(slot)] ?? -1);
  const {
    sent = 0,
    received = 0,
    copies_sent: out = 0,
    copies_received: come = 0,
    forwarded = 0,
  } = counts.totals;
  questions.ask(
    [
      "counts",
      self,
      told,
      rounds ? 1 : 0,
      exchange.capacity_rows.value,
      MOST_SENT,
      exchange.atom_rows?.value ?? 0,
      0,
      ...words,
    ],
    nodeAware
      ? [sent, received, out, come, forwarded, exceeds ? 1 : 0, ...beforeOf(counts, own)]
      : [sent, received, 0, 0, 0, exceeds ? 1 : 0, ...before],
  );
  exchange.layouts.forEach((layout, index) => {
    const order = new AtomOrder(layout, space, dimensionEnvironment([]), self);
    const keys = [0, 1, 2].map((at) =>
      layout.order[at] === undefined ? 0 : SORTS.indexOf(layout.order[at]) + 1,
    );
    const copies = layout.copies === undefined ? 0 : layout.copies === "only" ? 1 : 2;
    questions.ask(["layout", ...keys, copies, ...setOf(layout.holds, space, self)], [order.count]);
    const rows: (number | undefined)[] = [];
    order.forEach((source, column) => rows.push(counts.rowsOf(source, column)));
    const offsets = rows.includes(undefined)
      ? undefined
      : new AtomOffsets(order, (source, column) => counts.rowsOf(source, column)!);
    for (const set of setsOf(exchange.phases)) {
      if (!standTogether(order, set, self)) continue;
      const piece = order.pieceOf(set);
      questions.ask(["entries", index, ...setOf(set, space, self)], [piece.first, piece.count]);
      const span = offsets?.spanOf(piece);
      if (span !== undefined)
        questions.ask(["rows", index, ...setOf(set, space, self)], [span.first, span.rows]);
    }
  });
}

const sentWords = (space: AtomSpace, own: Uint32Array, nodeAware: boolean): readonly number[] => {
  if (!nodeAware) return [...own.subarray(0, space.slots)];
  const told = new Uint32Array(space.columns);
  own.forEach((count, column) => (told[space.toldAt(column)] = count));
  return [...told];
};

/** What rank `self` knows when `rows` [source][column] are sent. */
function hostCounts(
  exchange: Exchange,
  space: AtomSpace,
  self: number,
  rows: readonly Uint32Array[],
): HostCounts {
  const layout = tableOf(exchange, space, self, layoutOfTable(exchange));
  const fixed = exchange.atom_rows?.value;
  const sent = exchange.ranks_per_node === undefined ? rows[self]!.slice(0, space.slots) : rows[self]!;
  const table = new Uint32Array(space.ranks * layout.stride);
  const starts = Array.from({ length: space.slots + 1 }, (_, slot) => slot);
  const counts = new HostCounts(
    space,
    self,
    fixed === undefined ? sent : sent.fill(fixed),
    table,
    layout,
    starts,
  );
  for (let source = 0; source < space.ranks; source++)
    for (let column = 0; column < space.columns; column++) {
      const word = counts.wordOf(column);
      const at = layout.byRail ? space.byRail(source) : source;
      if (word !== undefined) table[at * layout.stride + word] = fixed ?? rows[source]![column]!;
    }
  // The sums are taken when it is made.
  return new HostCounts(space, self, sent, table, layout, starts);
}

const beforeOf = (counts: HostCounts, own: number): readonly number[] =>
  Array.from({ length: own + 1 }, (_, slots) => {
    const first = counts.space.placement.slot_begin[counts.self]!;
    let sum = 0;
    for (let source = 0; source < counts.space.ranks; source++)
      for (let slot = first; slot < first + slots; slot++) sum += counts.rowsOf(source, slot) ?? 0;
    return sum;
  });

describe.runIf(canRun("counts of emitted programs", ["g++"]))("counts of an emitted program", () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await compileDriver("counts_driver.cpp", ["atoms.cpp", "layout.cpp", "counts.cpp", "check.cpp"]);
  });
  afterAll(() => driver.remove());

  it("and layouts are those of the executor, for every kind of exchange", async () => {
    const questions = new Questions();
    const draws = new Draws(7, "counts");
    for (const each of cases)
      for (let repeat = 0; repeat < 40; repeat++) {
        const perNode = each.ranksPerNode ?? 1;
        const ranks = each.ranksPerNode === undefined ? 1 + draws.below(6) : perNode * (2 + draws.below(2));
        const own = Array.from({ length: ranks }, () => draws.below(4));
        own[0] = Math.max(1, own[0]!);
        const placement = placementOf(own);
        askAbout(
          questions,
          exchangeOf(each, placement, each.counts === "gathered" ? 20 : 10_000),
          placement,
          draws,
        );
      }
    const answers = (await ask(driver, questions.asked.join("\n"))).trimEnd().split("\n");
    expect(questions.expected.length).toBeGreaterThan(10_000);
    expect(answers).toEqual(questions.expected);
  });

  /** Two ranks of one slot each; rank 1 is told `fromFirst` and `fromSecond` rows, and sends one to each. */
  const told = (fromFirst: number, fromSecond: number, overflow = 0, inRound = 0): string =>
    overflow === 0
      ? `space 2 2 0 0 1 2\ncounts 1 0 0 8 100 0 0 1 1 ${String(fromFirst)} ${String(fromSecond)}\n`
      : `space 2 2 0 0 1 2\ncounts 1 2 1 8 100 0 ${String(inRound)} 1 1 0 ${String(fromFirst)} 0 ${String(fromSecond)}\n`;

  it("beyond the bound end the program, and the rank is named", async () => {
    expect(await ask(driver, told(5, 4))).toBe(
      "rank 1 would receive 9 rows in moe in layer 3, micro-batch 1; 8 fit\n",
    );
    expect(await ask(driver, told(5, 3))).toBe("2 8 0 0 0 0 0 8\n");
  });

  it("beyond the bound make rounds where the plan has them, but not within a round", async () => {
    expect(await ask(driver, told(5, 4, 1))).toBe("2 9 0 0 0 1 0 9\n");
    expect(await ask(driver, told(5, 4, 1, 1))).toContain("would receive 9 rows");
  });

  it("that nobody has written are not taken for counts", async () => {
    expect(await ask(driver, told(4294967295, 3))).toBe(
      "rank 1 reads counts of moe that nobody has written in layer 3, micro-batch 1\n",
    );
  });
});
