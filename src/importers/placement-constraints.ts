// The file of constraints that `weft place --constraints` and a schedule's placement read:
// { "groups": "hard", "pinned": [{ "expert": 12, "gpu": 3 }], "gpus": { "slots": [9, 8], "excluded": [7], "speeds": { "5": 0.5 } } }
// Whether they suit experts and GPUs is for src/place to say.
import { didYouMean } from "../diagnostics/did-you-mean.js";
import type { GpuConstraints, GroupRule, Pin } from "../place/index.js";

export interface PlacementConstraints {
  readonly groups?: GroupRule;
  readonly pinned: readonly Pin[];
  readonly gpus: GpuConstraints;
}

/** What is wrong with a file: `place` such as `pinned[0].gpu`. */
export interface ConstraintsFault {
  readonly place: string;
  readonly reason: string;
  readonly hint: string;
}

/** A fault, thrown to the reader's entry. */
class Malformed extends Error {
  constructor(readonly fault: ConstraintsFault) {
    super(fault.reason);
  }
}

const fail = (place: string, reason: string, hint: string): never => {
  throw new Malformed({ place, reason, hint });
};

const SHAPE = 'Write { "groups": ..., "pinned": [...], "gpus": { ... } }, any of them left out.';
const GROUP_RULES: readonly GroupRule[] = ["hard", "priced"];

export function parseConstraints(text: string): PlacementConstraints | ConstraintsFault {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { place: "the file", reason: "it is not JSON", hint: SHAPE };
  }
  try {
    return read(data);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return error.fault;
  }
}

type Json = Readonly<Record<string, unknown>>;

function read(data: unknown): PlacementConstraints {
  const { groups, pinned, gpus } = objectOf(data, "the file", ["groups", "pinned", "gpus"], SHAPE);
  const rule = GROUP_RULES.find((each) => each === groups);
  if (groups !== undefined && rule === undefined)
    return fail("groups", `it is ${shown(groups)}`, 'Write "hard" or "priced".');
  return {
    ...(rule === undefined ? {} : { groups: rule }),
    pinned:
      pinned === undefined
        ? []
        : listOf(pinned, "pinned", 'Write [{ "expert": 12, "gpu": 3 }].').map(readPin),
    gpus: gpus === undefined ? {} : readGpus(gpus),
  };
}

function readPin(data: unknown, at: number): Pin {
  const place = `pinned[${String(at)}]`;
  const { expert, gpu } = objectOf(data, place, ["expert", "gpu"], 'Write { "expert": 12, "gpu": 3 }.');
  return { expert: wholeOf(expert, `${place}.expert`), gpu: wholeOf(gpu, `${place}.gpu`) };
}

function readGpus(data: unknown): GpuConstraints {
  const keys = ["slots", "excluded", "speeds", "memory_bytes"];
  const { slots, excluded, speeds, memory_bytes } = objectOf(
    data,
    "gpus",
    keys,
    `It has ${keys.join(", ")}.`,
  );
  const wholes = (value: unknown, place: string, hint: string): readonly number[] =>
    listOf(value, place, hint).map((each, at) => wholeOf(each, `${place}[${String(at)}]`));
  return {
    ...(slots === undefined
      ? {}
      : { slots: wholes(slots, "gpus.slots", "Write one number of slots for each GPU.") }),
    ...(excluded === undefined
      ? {}
      : { excluded: wholes(excluded, "gpus.excluded", "Write numbers of GPUs, such as [7].") }),
    ...(speeds === undefined ? {} : { speeds: readSpeeds(speeds) }),
    ...(memory_bytes === undefined ? {} : { memoryBytes: readMemory(memory_bytes) }),
  };
}

function readSpeeds(data: unknown): ReadonlyMap<number, number> {
  const place = "gpus.speeds";
  const hint = 'Write speeds by number of GPU, over the fastest: { "5": 0.5 }.';
  if (!isObject(data)) return fail(place, `it is ${shown(data)}`, hint);
  return new Map(
    Object.entries(data).map(([gpu, speed]) => {
      if (!/^(0|[1-9]\d{0,8})$/.test(gpu))
        return fail(place, `"${clipped(gpu)}" is no number of a GPU`, hint);
      if (typeof speed !== "number" || !(speed > 0 && speed <= 1))
        return fail(`${place}.${gpu}`, `it is ${shown(speed)}`, "A speed is above 0 and at most 1.");
      return [Number(gpu), speed];
    }),
  );
}

function readMemory(data: unknown): number | readonly number[] {
  const bytesOf = (value: unknown, place: string): number =>
    typeof value === "number" && Number.isFinite(value) && value > 0
      ? value
      : fail(place, `it is ${shown(value)}`, "Write a positive number of bytes, such as 12e9.");
  return Array.isArray(data)
    ? data.map((each: unknown, at) => bytesOf(each, `gpus.memory_bytes[${String(at)}]`))
    : bytesOf(data, "gpus.memory_bytes");
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectOf(data: unknown, place: string, keys: readonly string[], hint: string): Json {
  if (!isObject(data)) return fail(place, `it is ${shown(data)}`, hint);
  const unknown = Object.keys(data).find((each) => !keys.includes(each));
  if (unknown !== undefined)
    return fail(place, `it has no "${clipped(unknown)}"`, didYouMean(unknown, keys, hint));
  return data;
}

const listOf = (data: unknown, place: string, hint: string): readonly unknown[] =>
  Array.isArray(data) ? data : fail(place, `it is ${shown(data)}`, hint);

const wholeOf = (value: unknown, place: string): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(
        place,
        value === undefined ? "it is missing" : `it is ${shown(value)}`,
        "Write a whole number, 0 or above.",
      );

const clipped = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : text);

/** A value as the file has it; JSON reads numbers that are too large as infinite. */
const shown = (value: unknown): string =>
  typeof value === "number" ? String(value) : clipped(JSON.stringify(value));
