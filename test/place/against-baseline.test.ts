// What the bench of placements requires of Weft, on a few layers of each case: `npm run bench -- placement` has all of them.
import { describe, expect, it } from "vitest";
import { compareAll } from "../bench/placement/all-cases.js";
import { caseName } from "../bench/placement/summary.js";
import { requirements } from "../bench/placement/required.js";

/** Averages over layers are required here, which need some. */
const AVERAGED = ["zipf 1.0@64", "four hot@64", "log-normal 1.0@64"];
const isAveraged = (kind: string, gpus: number): boolean => AVERAGED.includes(`${kind}@${String(gpus)}`);

const compared = (layers: number, averaged: boolean) =>
  compareAll({
    ...{ seeds: [0], layers, tokens: 1024 },
    wanted: (kind, { gpus }) => isAveraged(kind, gpus) === averaged,
  }).cases;

const cases = [...compared(3, false), ...compared(12, true)];

describe("beside the baseline's placements", () => {
  it.each(requirements(cases, { chance: 1e-3 }))("$name", ({ measured, met }) => {
    expect(met, measured).toBe(true);
  });
});

it("predicted times are those that tokens cause, but for 6 %", () => {
  const off = cases.flatMap((each) =>
    each.methods.flatMap(({ method, layers }) =>
      layers.flatMap(({ claims, timeUs }, layer) =>
        claims !== undefined && Math.abs(claims.timeUs / timeUs - 1) > 0.06
          ? [
              `${caseName(each)}, ${method}, layer ${String(layer)}: ${claims.timeUs.toFixed(0)} for ${timeUs.toFixed(0)} us`,
            ]
          : [],
      ),
    ),
  );
  expect(off).toEqual([]);
});
