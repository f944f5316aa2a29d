// What every rank has after an exchange, from the routing alone: no plan, no counts, no messages.
import type { ExchangePlan, Routing } from "../../exchange-plan/index.js";
import { POISON } from "../backend.js";
import type { ExchangeFailure } from "./failure.js";

/** A row of a rank's result: in a dispatch one token of a source, in a combine one of the rank's own tokens. */
interface ResultRow {
  readonly source: number;
  readonly token: number;
}

/** [rank] rows that it has after the exchange, in order. */
function resultRows(routing: Routing, direction: ExchangePlan["direction"]): ResultRow[][] {
  if (direction === "combine")
    return routing.map((tokens, source) => tokens.map((_, token) => ({ source, token })));
  const rows: ResultRow[][] = routing.map(() => []);
  routing.forEach((tokens, source) => {
    tokens.forEach((destinations, token) => {
      for (const destination of destinations) rows[destination]!.push({ source, token });
    });
  });
  return rows;
}

/** [rank] what its memory should hold. `inputs`: [rank] what it held before. */
function expected(
  routing: Routing,
  direction: ExchangePlan["direction"],
  inputs: readonly Uint32Array[],
  rowWords: number,
): Uint32Array[] {
  if (direction === "dispatch")
    return resultRows(routing, direction).map((rows) => {
      const words = new Uint32Array(rows.length * rowWords);
      rows.forEach(({ source, token }, row) => {
        const first = token * rowWords;
        words.set(inputs[source]!.subarray(first, first + rowWords), row * rowWords);
      });
      return words;
    });
  const taken = routing.map(() => 0);
  return routing.map((tokens) => {
    const sums = new Float32Array(tokens.length * rowWords);
    tokens.forEach((destinations, token) => {
      for (const destination of destinations) {
        const given = new Float32Array(
          inputs[destination]!.buffer,
          4 * rowWords * taken[destination]!++,
          rowWords,
        );
        for (let word = 0; word < rowWords; word++) sums[token * rowWords + word]! += given[word]!;
      }
    });
    return new Uint32Array(sums.buffer);
  });
}

/** The first row that is not what it should be. `results`: [rank] what it holds after the exchange. */
export function wrongRow(
  routing: Routing,
  direction: ExchangePlan["direction"],
  inputs: readonly Uint32Array[],
  results: readonly Uint32Array[],
  rowWords: number,
): ExchangeFailure | undefined {
  const wanted = expected(routing, direction, inputs, rowWords);
  for (const [rank, words] of wanted.entries()) {
    const result = results[rank]!;
    const at = words.findIndex((word, index) => word !== result[index]);
    if (at < 0) continue;
    const { source, token } = resultRows(routing, direction)[rank]![Math.floor(at / rowWords)]!;
    const row = direction === "dispatch" ? `token ${token} of rank ${source}` : `the sum for token ${token}`;
    return result[at] === POISON
      ? { kind: "missing", rank, message: `${row} never reaches rank ${rank}` }
      : { kind: "wrong_result", rank, message: `${row} is not what rank ${rank} has in its place` };
  }
  return undefined;
}
