// What an exchange is asked for, read and judged: every input that a file may be wrong in, and everything that may not fit together.
import { parametersOf } from "../cost/index.js";
import type { ExchangeProblem } from "../exchange/problem.js";
import { machineOf, readTraffic, reportTraffic, type Found } from "./files.js";
import type { ExchangeOptions } from "./options.js";
import { rowBytesOf, tablesOf } from "./rows.js";

/** The problem that is asked for. Undefined after reporting. */
export function askedFor(options: ExchangeOptions, found: Found): ExchangeProblem | undefined {
  const read = readTraffic(options, found);
  if (read === undefined) return undefined;
  const { traffic, source } = read;
  const machine = machineOf(traffic.ranks, options, found);
  if (machine === undefined) return undefined;
  const rowBytes = rowBytesOf(traffic, options.rowBytes);
  if (rowBytes === undefined) {
    const reason = "it counts rows, and nothing says how many bytes a row has";
    const hint = 'Write --row-bytes 7168, for example, or "row_bytes" into the file.';
    reportTraffic({ place: "the file", reason, hint, start: 0, end: 0 }, source, found);
    return undefined;
  }
  const tables = tablesOf(traffic, rowBytes, machine.tiers[0]!.joins, source.text);
  if ("reason" in tables) {
    reportTraffic(tables, source, found);
    return undefined;
  }
  const capacityRows = capacityOf(tables.rows, traffic.ranks, options, found);
  if (found.diagnostics.hasErrors) return undefined;
  const direction = options.direction ?? "dispatch";
  return {
    ...tables,
    ...{ machine, parameters: parametersOf(machine), direction },
    partialSums: direction === "combine" && options.partialSums === true,
    ...(options.sms === undefined ? {} : { sms: options.sms }),
    ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm }),
    ...(capacityRows === undefined ? {} : { capacityRows }),
  };
}

/** Rows that a rank may receive, where they are bounded: no fewer than are expected. */
function capacityOf(
  rows: Float64Array,
  ranks: number,
  { bound, capacityRows }: ExchangeOptions,
  { diagnostics }: Found,
): number | undefined {
  if (bound === undefined && capacityRows === undefined) return undefined;
  const received = new Float64Array(ranks);
  rows.forEach((each, at) => (received[at % ranks]! += each));
  const mean = received.reduce((sum, each) => sum + each, 0) / ranks;
  const capacity = capacityRows ?? Math.max(1, Math.ceil(bound! * mean));
  const most = received.reduce((best, each) => Math.max(best, each), 0);
  if (most <= capacity) return capacity;
  const gpu = received.indexOf(most);
  const option = bound === undefined ? `--capacity-rows ${String(capacityRows)}` : `--bound ${String(bound)}`;
  const advice =
    bound === undefined
      ? `Write --capacity-rows ${String(Math.ceil(most))} or more.`
      : `Write --bound ${String(Math.ceil((100 * most) / mean) / 100)} or more.`;
  diagnostics.report(
    "bound-below-traffic",
    { source: option, start: 0, end: 0 },
    { capacity, most: Math.ceil(most), gpu, advice },
  );
  return undefined;
}
