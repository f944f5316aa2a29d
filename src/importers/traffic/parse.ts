// Which shape a text of traffic has, and its reader.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { shown } from "../loads/fault.js";
import { parseJson } from "../loads/json.js";
import { isJsonLines } from "../loads/parse.js";
import { isObject, type JsonRecord } from "../loads/record.js";
import { readCsv } from "./csv.js";
import { Faulty, orFault, type TrafficFault } from "./fault.js";
import { byNodeAt, squareAt } from "./matrix.js";
import { isRouterRecord, readRouterTrace, readTokens } from "./trace.js";
import type { SharedTokens, Traffic } from "./traffic.js";

const HINT =
  'Weft reads a matrix bytes[source GPU][destination GPU] as JSON or CSV, an object {"rows": matrix, "row_bytes": 7168}, and routing traces.';

/** Traffic of a text, in any of the shapes. Says what is wrong with a text that has none. */
export function parseTraffic(text: string): Traffic | TrafficFault {
  return orFault(text, () => {
    const [sign] = /\S/.exec(text) ?? [];
    if (sign === undefined) throw new Faulty("the file", "it is empty", HINT);
    if (sign !== "[" && sign !== "{") return readCsv(text);
    return isJsonLines(text) ? readRouterTrace(text) : readDocument(parseJson(text), text);
  });
}

/** Traffic of data in the shape of a JSON document, which has no text to point into. */
export const trafficOf = (data: unknown): Traffic | TrafficFault => orFault("", () => readDocument(data, ""));

function readDocument(data: unknown, text: string): Traffic {
  if (Array.isArray(data)) return { ...squareAt(data, []), unit: "bytes" };
  if (!isObject(data)) throw new Faulty("the file", `it is ${shown(data)}, and no traffic`, HINT);
  if (isRouterRecord(data))
    return readRouterTrace(text === "" ? JSON.stringify(data) : text.replace(/\s+/g, " "));
  checkKeys(data);
  const rowBytes = rowBytesOf(data);
  const kinds = (["bytes", "rows", "tokens", "experts"] as const).filter((key) => data[key] !== undefined);
  const [kind, another] = kinds;
  if (kind === undefined)
    throw new Faulty("the file", 'it has none of "bytes", "rows", "tokens" and "experts"', HINT, []);
  if (another !== undefined)
    throw new Faulty("the file", `it has both "${kind}" and "${another}"`, "Keep one of the two.", [another]);
  if (kind === "tokens" || kind === "experts") return { ...readTokens(data), ...rowBytes };
  const matrix = squareAt(data[kind], [kind]);
  const shared = sharedOf(data, matrix.ranks);
  return { ...matrix, unit: kind, ...rowBytes, ...(shared === undefined ? {} : { shared }) };
}

const KEYS = [
  "bytes",
  "rows",
  "row_bytes",
  "node_bytes",
  "copies",
  "tokens",
  "experts",
  "expert_rank",
  "num_experts",
];

function checkKeys(data: JsonRecord): void {
  const unknown = Object.keys(data).find((key) => !KEYS.includes(key));
  if (unknown === undefined) return;
  const hint = didYouMean(unknown, KEYS, `Known are ${KEYS.join(", ")}.`);
  throw new Faulty(`"${unknown.slice(0, 40)}"`, "traffic has no such field", hint, [unknown]);
}

function rowBytesOf({ row_bytes: value }: JsonRecord): Pick<Traffic, "rowBytes"> {
  if (value === undefined) return {};
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 2 ** 40)
    return { rowBytes: value };
  const hint = "Write the bytes of a row, such as 7168 for DeepSeek-V3's hidden size in fp8.";
  throw new Faulty("row_bytes", `it is ${shown(value)}, not a whole number above 0`, hint, ["row_bytes"]);
}

function sharedOf(data: JsonRecord, ranks: number): SharedTokens | undefined {
  const keys = (["node_bytes", "copies"] as const).filter((key) => data[key] !== undefined);
  const [key] = keys;
  if (key === undefined) return undefined;
  if (keys.length > 1)
    throw new Faulty("the file", 'it has both "node_bytes" and "copies"', "Keep one of the two.", ["copies"]);
  const unit = key === "node_bytes" ? "bytes" : "rows";
  return { kind: "table", unit, ...byNodeAt(data[key], [key], ranks) };
}
