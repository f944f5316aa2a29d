// Options of the Node API, which any program may call: each of a wrong type or size is named.
import { placeLimits, type PlaceExpertsOptions } from "./options.js";

/** More than any model or system has. */
const MOST = placeLimits.slots;

/** Throws a TypeError that names the option. What options say of each other is for diagnostics. */
export function checkOptions(options: PlaceExpertsOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const refuse = (name: string, wanted: string): never => {
    throw new TypeError(`placeExperts: ${name} is to be ${wanted}, not ${shown(given[name])}`);
  };
  const check = (names: readonly string[], wanted: string, isFit: (value: unknown) => boolean): void => {
    for (const name of names) if (given[name] !== undefined && !isFit(given[name])) refuse(name, wanted);
  };
  const { loads } = given;
  if (!Array.isArray(loads) || loads.length === 0 || !loads.every(isLoads))
    refuse("loads", "a list of files and matrices, at least one");
  for (const name of ["gpus", "nodes"])
    if (!isWhole(given[name], 1, placeLimits.gpus))
      refuse(name, `a whole number from 1 to ${String(placeLimits.gpus)}`);
  const counts = ["slots", "experts", "groups", "topK", "topGroups", "tokensPerGpu"];
  check(counts, `a whole number from 1 to ${String(MOST)}`, (value) => isWhole(value, 1, MOST));
  check(
    ["effort"],
    `a number above 0 and at most ${String(placeLimits.effort)}`,
    (value) => typeof value === "number" && value > 0 && value <= placeLimits.effort,
  );
  check(["model", "cluster", "constraints", "coactivation", "from"], "the path of a file", isText);
  check(["groupsOnNodes", "evenSplit", "exact"], "true or false", (value) => typeof value === "boolean");
  check(
    ["excluded", "gpuSlots"],
    "a list of whole numbers",
    (value) => Array.isArray(value) && value.every((each) => isWhole(each, 0, MOST)),
  );
  check(
    ["pins"],
    "a list of { expert, gpu }",
    (value) =>
      Array.isArray(value) && value.every((each) => hasWhole(each, "expert") && hasWhole(each, "gpu")),
  );
  check(
    ["window"],
    '"mean", "worst" or the number of a window',
    (value) => value === "mean" || value === "worst" || isWhole(value, 0, MOST),
  );
  check(
    ["moves"],
    "{ maxMoves } or { moveCostUs }, with a number that is not negative",
    (value) => hasWhole(value, "maxMoves") || isCost(fieldOf(value, "moveCostUs")),
  );
}

const isText = (value: unknown): boolean => typeof value === "string";
const isLoads = (value: unknown): boolean => isText(value) || Array.isArray(value);
const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
const isCost = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
const hasWhole = (value: unknown, name: string): boolean =>
  isWhole(fieldOf(value, name), 0, Number.MAX_SAFE_INTEGER);

/** A value, cut short. */
function shown(value: unknown): string {
  if (typeof value === "number" || value === undefined || value === null) return String(value);
  const text =
    typeof value === "string"
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? "a list"
        : `a value of type ${typeof value}`;
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
