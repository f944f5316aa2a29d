// Damage to what makes the chunks of an exchange whole: all of it, or each of several places, of a plan whose exchanges are cut.
import {
  slotsOf,
  type Exchange,
  type Launch,
  type LaunchPlan,
  type SlotRange,
} from "../../../src/plan/index.js";
import type { Mutant, MutantKind } from "./mutant.js";

const isOf = (launch: Launch, { first }: SlotRange): boolean => slotsOf(launch)?.first === first;
const chunksOf = (exchange: Exchange): readonly SlotRange[] => exchange.chunks ?? [];

/** A mutant for each chunk of each exchange. */
const eachChunk = (
  plan: LaunchPlan,
  damage: (mutant: LaunchPlan, exchange: Exchange, chunk: SlotRange, at: number) => void,
): readonly Mutant[] =>
  plan.exchanges.flatMap((exchange, which) =>
    chunksOf(exchange).map((chunk, at) => ({
      place: `${exchange.name} ${String(at)}`,
      apply: (mutant) => {
        damage(mutant, mutant.exchanges[which]!, chunk, at);
      },
    })),
  );

/** A mutant for each launch of a chunk. */
const eachLaunch = (
  plan: LaunchPlan,
  damage: (
    launch: Exclude<Launch, { kind: "read_counts" | "rounds" }>,
    exchange: Exchange,
    cell: Launch[],
    at: number,
  ) => void,
): readonly Mutant[] =>
  plan.cells.flatMap((cell, which) =>
    cell.launches.flatMap((launch, at) =>
      slotsOf(launch) === undefined
        ? []
        : {
            place: `${cell.name}.${launch.id}`,
            apply: (mutant: LaunchPlan) => {
              const { launches } = mutant.cells[which]!;
              const damaged = launches[at]!;
              if (damaged.kind !== "compute" && damaged.kind !== "transfer") return;
              const exchange = mutant.exchanges.find(({ name }) => name === damaged.exchange)!;
              damage(damaged, exchange, launches, at);
            },
          },
    ),
  );

const phasesOf = (exchange: Exchange, at: number) =>
  exchange.phases.filter(({ name }) => name.endsWith(`.${String(at)}`));

const setsOf = (exchange: Exchange, at: number) =>
  phasesOf(exchange, at).flatMap(({ steps }) => steps.flatMap(({ send, receive }) => [send, receive]));

export const chunkKinds: readonly MutantKind[] = [
  {
    name: "a chunk whose launches are all left out",
    mutants: (plan) =>
      eachChunk(plan, (mutant, _exchange, chunk) => {
        for (const cell of mutant.cells) cell.launches = cell.launches.filter((each) => !isOf(each, chunk));
      }),
  },
  {
    name: "a chunk whose phases and launches are left out",
    mutants: (plan) =>
      eachChunk(plan, (mutant, exchange, chunk, at) => {
        for (const cell of mutant.cells) cell.launches = cell.launches.filter((each) => !isOf(each, chunk));
        const left = phasesOf(exchange, at);
        exchange.phases = exchange.phases.filter((each) => !left.includes(each));
      }),
  },
  {
    name: "a chunk that is left out of its exchange",
    mutants: (plan) => eachChunk(plan, (_mutant, exchange, _chunk, at) => exchange.chunks?.splice(at, 1)),
  },
  {
    name: "a chunk whose transfers go twice",
    mutants: (plan) =>
      eachChunk(plan, (mutant, exchange, chunk, at) => {
        for (const phase of phasesOf(exchange, at))
          exchange.phases.push({ ...phase, name: `${phase.name} again` });
        for (const cell of mutant.cells)
          cell.launches = cell.launches.flatMap((each) =>
            each.kind === "transfer" && isOf(each, chunk)
              ? [each, { ...each, id: `${each.id} again`, phase: `${each.phase} again` }]
              : [each],
          );
      }),
  },
  {
    name: "two chunks of the same range",
    mutants: (plan) =>
      eachChunk(plan, (_mutant, { chunks = [] }, _chunk, at) => {
        chunks[at] = { ...chunks[(at + 1) % chunks.length]! };
      }),
  },
  {
    name: "a launch of another chunk's slots",
    mutants: (plan) =>
      eachLaunch(plan, (launch, { chunks = [] }) => {
        const at = chunks.findIndex((each) => isOf(launch, each));
        launch.slots = { ...chunks[(at + 1) % chunks.length]! };
      }),
  },
  {
    name: "a launch of another chunk's slots and rows",
    mutants: (plan) =>
      eachLaunch(plan, (launch, _exchange, cell) => {
        const sibling = cell.find(
          (each): each is typeof launch =>
            each !== launch &&
            each.kind === launch.kind &&
            each.node === launch.node &&
            each.micro_batch === launch.micro_batch &&
            (each.kind !== "compute" || launch.kind !== "compute" || each.part === launch.part) &&
            slotsOf(each) !== undefined,
        );
        if (sibling === undefined) return;
        launch.slots = structuredClone(sibling.slots!);
        if (launch.kind === "compute" && sibling.kind === "compute")
          launch.rows = structuredClone(sibling.rows);
        if (launch.kind === "transfer" && sibling.kind === "transfer") launch.phase = sibling.phase;
      }),
  },
  {
    name: "a launch that does not say which slots it is of",
    mutants: (plan) => eachLaunch(plan, (launch) => delete launch.slots),
  },
  {
    name: "a range one slot short",
    mutants: (plan) =>
      eachChunk(plan, (_mutant, { chunks = [] }, _chunk, at) => {
        chunks[at]!.count--;
      }),
  },
  {
    name: "a range one slot short, wherever it stands",
    mutants: (plan) =>
      eachChunk(plan, (mutant, exchange, chunk, at) => {
        const short = { ...chunk, count: chunk.count - 1 };
        exchange.chunks![at] = short;
        for (const set of setsOf(exchange, at)) if (set.slots !== undefined) set.slots = short;
        for (const cell of mutant.cells)
          for (const launch of cell.launches)
            if ((launch.kind === "compute" || launch.kind === "transfer") && isOf(launch, chunk))
              launch.slots = short;
      }),
  },
  {
    name: "messages one slot short",
    mutants: (plan) =>
      eachChunk(plan, (_mutant, exchange, _chunk, at) => {
        for (const set of setsOf(exchange, at))
          if (set.slots !== undefined) set.slots = { ...set.slots, count: set.slots.count - 1 };
        // By slot, a slot is a message.
        for (const phase of phasesOf(exchange, at))
          phase.steps = phase.steps.filter(
            ({ send }) => send.slot === undefined || send.slot !== phase.steps.at(-1)!.send.slot,
          );
      }),
  },
  {
    name: "rows that end where the chunk before does",
    mutants: (plan) =>
      eachLaunch(plan, (launch) => {
        if (launch.kind === "compute") launch.rows.end = { ...launch.rows.begin };
      }),
  },
  {
    name: "experts that compute before the rows of their chunk have come, by every event",
    mutants: (plan) =>
      eachLaunch(plan, (launch, _exchange, cell) => {
        if (launch.kind !== "transfer" || !launch.phase.startsWith("dispatch")) return;
        for (const each of cell) each.waits = each.waits.filter((event) => !launch.records.includes(event));
      }),
  },
  {
    name: "experts that are issued before the rows of their chunk",
    mutants: (plan) =>
      eachLaunch(plan, (launch, _exchange, cell, at) => {
        if (launch.kind !== "transfer" || !launch.phase.startsWith("dispatch")) return;
        const reads = launch.operands.find(({ name }) => name === "receive")!.buffer;
        const reader = cell.findIndex(
          (each, index) =>
            index > at &&
            each.kind === "compute" &&
            slotsOf(each)?.first === launch.slots?.first &&
            each.operands.some(({ buffer, access }) => buffer === reads && access === "read"),
        );
        if (reader < 0) return;
        cell.splice(at, 0, ...cell.splice(reader, 1));
      }),
  },
  {
    name: "an exchange that forgets that it is cut",
    mutants: (plan) =>
      plan.exchanges.map((exchange, which) => ({
        place: exchange.name,
        apply: (mutant) => delete mutant.exchanges[which]!.chunks,
      })),
  },
  {
    name: "an exchange that is cut and goes on in rounds",
    mutants: (plan) =>
      plan.exchanges.map((exchange, which) => ({
        place: exchange.name,
        apply: (mutant) => {
          mutant.exchanges[which]!.tokens = { policy: "dropless", bound: 2, overflow: "rounds" };
        },
      })),
  },
];
