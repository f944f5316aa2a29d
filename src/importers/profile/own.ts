// A profile of Weft's own format: { "format": "weft.profile/1", "operators": [{ "operator": "swiglu", ..., "time_us": 312 }] }.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { medians } from "./medians.js";
import type { Measurement, ProfileFile, ProfileProblem } from "./measurement.js";

export const PROFILE_FORMAT = "weft.profile/1";

const FORMATS = ["f32", "bf16", "fp16", "fp8"] as const;
const SIZES = ["m", "n", "k", "groups", "rows", "tokens", "hidden", "ranks", "sms"] as const;
const KEYS: readonly string[] = [
  "operator",
  "part",
  "dtype",
  ...SIZES,
  "algorithm",
  "time_us",
  "scale",
  "samples",
  "note",
];
/**
 * What a result may be: in microseconds up to a thousand seconds, which no operator of a step takes, and as a ratio up to
 * a thousand, which no model is wrong by. What lies beyond was written in another unit.
 */
const RESULTS = { time_us: [1e-3, 1e9], scale: [1e-3, 1e3] } as const;

/** A problem, thrown to the reader's entry. */
class Malformed extends Error {
  constructor(
    readonly problem: string,
    readonly advice: string,
  ) {
    super(problem);
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readOwnProfile(data: unknown): ProfileFile | ProfileProblem {
  try {
    return read(data);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { problem: error.problem, advice: error.advice };
  }
}

function read(data: unknown): ProfileFile {
  const shape = `Write { "format": "${PROFILE_FORMAT}", "operators": [...] }, or name a trace of PyTorch's profiler.`;
  if (!isObject(data)) throw new Malformed("it is neither a profile nor a trace", shape);
  if (data["format"] !== PROFILE_FORMAT)
    throw new Malformed(
      data["format"] === undefined ? "it names no format" : `its format is ${shown(data["format"])}`,
      shape,
    );
  const keys = ["format", "machine", "operators", "note"];
  const unknown = Object.keys(data).find((each) => !keys.includes(each));
  if (unknown !== undefined)
    throw new Malformed(`it has no "${clipped(unknown)}"`, didYouMean(unknown, keys, shape));
  const { machine, operators } = data;
  if (machine !== undefined && typeof machine !== "string")
    throw new Malformed("its machine is no text", 'Write the cluster\'s name, such as "machine": "H100".');
  if (!Array.isArray(operators)) throw new Malformed("its operators are no list", shape);
  if (operators.length === 0)
    throw new Malformed("its list of operators is empty", "Add measurements, or leave the profile out.");
  const times = operators.map((each: unknown, at) => readTime(each, `operators[${String(at)}]`));
  return { kind: "profile", ...(machine === undefined ? {} : { machine }), times: medians(times) };
}

function readTime(data: unknown, where: string): Measurement {
  if (!isObject(data))
    throw new Malformed(
      `${where} is no object`,
      'Write { "operator": "swiglu", "m": 4096, ..., "time_us": 312.4 }.',
    );
  const unknown = Object.keys(data).find((each) => !KEYS.includes(each));
  if (unknown !== undefined)
    throw new Malformed(
      `${where} has no "${clipped(unknown)}"`,
      didYouMean(unknown, KEYS, `It has ${KEYS.join(", ")}.`),
    );
  const { operator, dtype } = data;
  if (typeof operator !== "string" || operator.trim() === "")
    throw new Malformed(`${where} names no operator`, 'Name one as weft explain prints it, or "gemm".');
  const format = FORMATS.find((each) => each === dtype);
  if (dtype !== undefined && format === undefined)
    throw new Malformed(`the dtype of ${where} is ${shown(dtype)}`, `Write one of ${FORMATS.join(", ")}.`);
  const part = textOf(data, "part", where);
  const algorithm = textOf(data, "algorithm", where);
  const sizes = Object.fromEntries(
    SIZES.flatMap((key) =>
      data[key] === undefined ? [] : [[key, numberOf(data[key], `"${key}" of ${where}`)]],
    ),
  );
  const samples = data["samples"] === undefined ? 1 : numberOf(data["samples"], `"samples" of ${where}`);
  if (!Number.isSafeInteger(samples))
    throw new Malformed(`"samples" of ${where} is not whole`, "Count them.");
  const time = {
    operator: operator.trim(),
    ...(part === undefined ? {} : { part }),
    ...(format === undefined ? {} : { dtype: format }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...sizes,
    ...resultOf(data, where),
    samples,
  };
  checkSizes(time, where);
  return time;
}

/** One size is enough, and two could disagree; a time says nothing without one. */
function checkSizes(time: Measurement, where: string): void {
  const given = (["m", "rows", "tokens"] as const).filter((key) => time[key] !== undefined);
  if (given.length > 1)
    throw new Malformed(`${where} states its size by ${given.join(" and by ")}`, "Keep one of them.");
  if (given.length === 0 && time.time_us !== undefined)
    throw new Malformed(
      `${where} has a time, but no size that it was measured at`,
      'State "tokens" (of a rank\'s micro-batch), "rows" or "m"; or a "scale", which needs none.',
    );
  if (time.operator === "gemm" && (time.n === undefined || time.k === undefined))
    throw new Malformed(`${where} is a matrix product without "n" and "k"`, 'State "m", "n" and "k".');
}

function resultOf(data: Json, where: string): { readonly time_us: number } | { readonly scale: number } {
  const given = (["time_us", "scale"] as const).filter((key) => data[key] !== undefined);
  const [key] = given;
  if (key === undefined || given.length > 1)
    throw new Malformed(
      `${where} has ${key === undefined ? "neither a time nor a scale" : "both a time and a scale"}`,
      'Write "time_us", in microseconds, or "scale", the measured time over the model\'s.',
    );
  const value = numberOf(data[key], `"${key}" of ${where}`);
  const [least, most] = RESULTS[key];
  if (value < least || value > most)
    throw new Malformed(
      `"${key}" of ${where} is ${String(value)}`,
      `It must lie between ${String(least)} and ${String(most)}.`,
    );
  return key === "time_us" ? { time_us: value } : { scale: value };
}

function numberOf(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw new Malformed(`${what} is ${shown(value)}`, "It must be a positive number.");
}

function textOf(data: Json, key: "part" | "algorithm", where: string): string | undefined {
  const value = data[key];
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw new Malformed(`"${key}" of ${where} is ${shown(value)}`, "It must be a name.");
}

const clipped = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : text);

/** A value as the file has it; JSON reads numbers that are too large as infinite. */
const shown = (value: unknown): string =>
  typeof value === "number" ? String(value) : clipped(JSON.stringify(value));
