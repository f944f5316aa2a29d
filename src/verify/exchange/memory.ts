// Law: on every rank there is room, at the plan's demand, for the rows that are given, those that are received, those held for others
// in an area for each launch, and the messages of one launch, packed. A declared capacity stands for what is received and what is
// held, whatever the demand.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { grouped, type Verdict } from "../result.js";
import { aboutPlan } from "../story.js";
import { holdingsOf, type Holdings } from "./holdings.js";

export function memory(plan: ExchangePlan): Verdict {
  const { machine, ranks, row_bytes: bytes, capacity_rows: capacity } = plan;
  const holdings = holdingsOf(plan);
  const { given, received, held, packed } = holdings;
  const [roomIn, roomHeld] = [received, held].map((rows) => rows.map((each) => capacity ?? each));
  let worst = 0;
  const rowsOf = (rank: number): number => given[rank]! + roomIn![rank]! + roomHeld![rank]! + packed[rank]!;
  for (let rank = 1; rank < ranks; rank++) if (rowsOf(rank) > rowsOf(worst)) worst = rank;
  const needed = Math.ceil(rowsOf(worst) * bytes);
  const available = machine.gpu.memory_bytes;
  const checked = `at most ${grouped(needed)} of ${grouped(available)} bytes, on rank ${worst}`;
  const assumptions = [
    capacity === undefined
      ? "the traffic is the plan's demand; more of it needs more room"
      : withinCapacity(capacity, holdings),
  ];
  if (needed <= available) return { checked, assumptions };
  const rows = (count: number): string => `${grouped(Math.ceil(count))} rows`;
  const counterexample = aboutPlan([
    `rank ${worst} is given ${rows(given[worst]!)} and has room for ${rows(roomIn![worst]!)} that it receives`,
    `it has room for ${rows(roomHeld![worst]!)} that it holds for others, and for messages of ${rows(packed[worst]!)} in one launch`,
    `of ${grouped(bytes)} bytes each these are ${grouped(needed)} bytes; the GPU has ${grouped(available)}`,
  ]);
  return { checked, assumptions, counterexample };
}

/** What a capacity takes for granted, and whether the demand keeps to it. */
function withinCapacity(capacity: number, { received, held }: Holdings): string {
  const given = `no rank receives more than ${grouped(capacity)} rows, or holds more for others; else the exchange stops`;
  for (const [rows, does] of [
    [received, "receive"],
    [held, "hold"],
  ] as const) {
    const rank = rows.reduce((most, each, at) => (each > rows[most]! ? at : most), 0);
    if (rows[rank]! > capacity)
      return `${given}, as it would at the plan's demand, where rank ${rank} would ${does} ${grouped(Math.ceil(rows[rank]!))}`;
  }
  return given;
}
