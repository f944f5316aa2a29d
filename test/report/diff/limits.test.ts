import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pages } from "../../../src/diagnostics/pages.gen.js";
import { judge, parseLimit, type Limit } from "../../../src/report/diff/limits.js";
import { measureNames, measures, type Measured } from "../../../src/report/diff/measures.js";

const measured = (values: Partial<Measured>): Measured =>
  ({ ...Object.fromEntries(measureNames.map((name) => [name, null])), ...values }) as Measured;
const parsed = (text: string): Limit => {
  const limit = parseLimit(text);
  if ("kind" in limit) throw new Error(JSON.stringify(limit));
  return limit;
};

describe("a limit", () => {
  it.each([
    ["step_time=+5%", "share", 0.05],
    ["step_time = -5 %", "share", -0.05],
    ["exposed_communication=+0.5ms", "difference", 500],
    ["memory=+2GiB", "difference", 2 * 2 ** 30],
    ["memory<=70 GB", "value", 70e9],
    ["step_time<=2.5s", "value", 2.5e6],
    ["tokens_per_second>=200k", "value", 200e3],
    ["tokens_per_second=-5%", "share", -0.05],
    ["balance<=1.2", "value", 1.2],
    ["launches_per_layer=+1e1", "difference", 10],
  ])("%s is on the %s", (text, of, amount) => {
    const limit = parsed(text);
    expect(limit).toMatchObject({ text, of });
    expect(limit.amount).toBeCloseTo(amount, 9);
  });

  it.each([
    ["steptime=+5%", "unknown_name", "steptime"],
    ["step_time", "malformed", "NAME"],
    ["step_time=", "malformed", "NAME"],
    ["", "malformed", "NAME"],
    ["step_time=5%", "malformed", "may change by that much"],
    ["step_time<2s", "malformed", "NAME"],
    ["step_time>=2s", "malformed", "more is what costs"],
    ["tokens_per_second<=5k", "malformed", "less is what costs"],
    ["step_time=+5GiB", "malformed", 'unit "GiB"'],
    ["memory=+5", "malformed", "has no unit"],
    ["balance=+5ms", "malformed", "a plain number"],
    ["step_time<=5%", "malformed", 'unit "%"'],
    ["step_time=+1e400s", "malformed", "finite"],
  ])("%s is refused: %s", (text, kind, said) => {
    const problem = parseLimit(text);
    expect(problem).toMatchObject({ kind });
    expect(JSON.stringify(problem).replaceAll('\\"', '"')).toContain(said);
  });

  it("may be on everything that the page about unknown ones names", () => {
    const named = [...pages["unknown-limit"].matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...measureNames]));
  });

  it("of any text is a limit or says what is wrong", () => {
    const piece = fc.constantFrom(
      ...measureNames,
      "=",
      "<=",
      ">=",
      "+",
      "-",
      "5",
      "0.5",
      "%",
      "ms",
      "GiB",
      " ",
      "e",
      "x",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((each) => each.join("")),
        ),
        (text) => {
          const limit = parseLimit(text);
          if ("kind" in limit) return;
          expect(measureNames).toContain(limit.name);
          expect(Number.isFinite(limit.amount)).toBe(true);
        },
      ),
    );
  });
});

const positive = fc.double({ min: 1e-3, max: 1e12, noNaN: true });
const name = fc.constantFrom(...measureNames);

describe("judging", () => {
  it("keeps a limit of no change exactly where nothing gets worse", () => {
    fc.assert(
      fc.property(name, positive, positive, (what, a, b) => {
        const verdict = judge(parsed(`${what}=+0%`), [measured({ [what]: a }), measured({ [what]: b })]);
        const worse = measures[what].better === "more" ? b < a : b > a;
        expect(verdict).toMatchObject({ name: what, ok: !worse, values: [a, b], allowed: a });
      }),
    );
  });

  it("agrees for a share, a difference and a value that come to the same", () => {
    const limits: readonly Limit[] = [
      { text: "", name: "step_time", of: "share", amount: 0.25 },
      { text: "", name: "step_time", of: "difference", amount: 25 },
      { text: "", name: "step_time", of: "value", amount: 125 },
    ];
    for (const [b, ok] of [
      [125, true],
      [125.001, false],
      [10, true],
    ] as const)
      for (const limit of limits)
        expect(judge(limit, [measured({ step_time: 100 }), measured({ step_time: b })])).toMatchObject({
          ok,
        });
  });

  it("counts what a plan does not have as nothing", () => {
    expect(judge(parsed("balance=+5%"), [measured({ balance: 1 }), measured({})]).ok).toBe(true);
    expect(judge(parsed("balance=+5%"), [measured({}), measured({ balance: 1 })]).ok).toBe(false);
  });
});
