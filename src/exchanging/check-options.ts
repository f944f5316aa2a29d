// Options of the Node API, which any program may call: each of a wrong type or size is named.
import type { ExchangeOptions } from "./options.js";

/** NCCL rounds the channels of sends and receives up to a power of two, and has 64 at most. */
const MOST_SMS = 64;

/** Whether a communicator can have so many SMs. */
export const isSmCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= MOST_SMS && (value & (value - 1)) === 0;

/** Throws a TypeError that names the option. What options say of each other is for diagnostics. */
export function checkOptions(options: ExchangeOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const check = (name: string, wanted: string, isFit: (value: unknown) => boolean): void => {
    const value = given[name];
    if (value !== undefined && !isFit(value))
      throw new TypeError(`planExchange: ${name} is to be ${wanted}, not ${shown(value)}`);
  };
  for (const name of ["traffic", "cluster"])
    if (given[name] === undefined) throw new TypeError(`planExchange: ${name} is missing`);
  check("traffic", "a path, a matrix or an object with one", (value) => isText(value) || isData(value));
  check("cluster", "the path of a file", isText);
  check("overrides", "a list of texts", (value) => Array.isArray(value) && value.every(isText));
  check("algorithm", "a text", isText);
  check("direction", '"dispatch" or "combine"', (value) => value === "dispatch" || value === "combine");
  check("partialSums", "true or false", (value) => typeof value === "boolean");
  check("sms", "a power of two up to 64", (value) => typeof value === "number" && isSmCount(value));
  for (const name of ["nodeSize", "rowBytes", "capacityRows"])
    check(name, "a whole number above 0", (value) => Number.isSafeInteger(value) && Number(value) > 0);
  check("bound", "a number of at least 1", (value) => typeof value === "number" && value >= 1 && value < 1e9);
}

const isText = (value: unknown): boolean => typeof value === "string";
const isData = (value: unknown): boolean => typeof value === "object" && value !== null;

/** A value, cut short. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
