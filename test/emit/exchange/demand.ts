// What a plan's demand makes of chunks, worked out from the documented layout alone.
import { denseTable, type ExchangePlan } from "../../../src/exchange-plan/index.js";
import type { EmittedExchange } from "../../../src/emit/exchange/index.js";
import type { ChunkMatrix } from "./memory.js";

/** The text of the only file. */
export function textOf(emitted: EmittedExchange): string {
  if ("refused" in emitted) throw new Error(`${emitted.refused.limit}: ${emitted.refused.reason}`);
  const [file, ...others] = emitted.files;
  if (others.length > 0 || typeof file?.bytes !== "string") throw new Error("not one text");
  return file.bytes;
}

/** [from][to] chunks, at the rows of a chunk that the notes tell. */
export function chunkMatrix(plan: ExchangePlan, emitted: EmittedExchange): ChunkMatrix {
  if ("refused" in emitted) throw new Error(emitted.refused.limit);
  const told = /^A chunk has \d+ bytes: (one row|(\d+) rows)/.exec(emitted.notes[0]!)!;
  const rowsOfChunk = Number(told[2] ?? 1);
  const { ranks } = plan;
  const rows = denseTable(plan.demand.rows, ranks, ranks, (rank) => rank);
  const chunks = (source: number, destination: number): number =>
    Math.ceil(Math.ceil(rows[source * ranks + destination]!) / rowsOfChunk);
  return Array.from({ length: ranks }, (_, from) =>
    Array.from({ length: ranks }, (_, to) =>
      plan.direction === "combine" ? chunks(to, from) : chunks(from, to),
    ),
  );
}
