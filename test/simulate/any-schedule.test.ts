// Whatever schedule a program is compiled to, and in whatever legal order its launches are issued: no step beats a lower bound.
// Programs are those of the fuzzer, which tries the same of every program that it makes: micro-batches, chunks, SMs, algorithms,
// capacities, one to three tiers, uneven loads.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { compileText } from "../fuzz/judge.js";
import { programs } from "../fuzz/sampling.js";
import { anyAttempt, outcomesOf } from "./beaten.js";

const PLANS = 20;
/** Of each plan. */
const ATTEMPTS = 12;
/** A step is near its bound that takes no more than so many times as long. */
const NEAR = 1.25;

const plans: LaunchPlan[] = [];

beforeAll(async () => {
  for (const { text } of programs(11)) {
    if (plans.length === PLANS) break;
    const { compiled } = await compileText(text);
    if (compiled !== undefined) plans.push(compiled.plan);
  }
});

describe("a compiled program, in any order and on any machine", () => {
  it("is tried with several micro-batches, tiers, streams, instances, and with every algorithm", () => {
    const having = (what: (plan: LaunchPlan) => boolean): number => plans.filter(what).length;
    expect(having(({ schedule }) => schedule.micro_batches > 1)).toBeGreaterThan(2);
    expect(having(({ machine }) => machine.tiers.length > 1)).toBeGreaterThan(2);
    expect(having(({ roles }) => roles.some(({ streams }) => streams.length > 2))).toBeGreaterThan(0);
    expect(having(({ groups }) => groups.some(({ instances }) => instances.length > 1))).toBeGreaterThan(0);
    const algorithms = plans.flatMap(({ exchanges }) => exchanges.map(({ algorithm }) => algorithm));
    expect([...new Set(algorithms)].sort()).toEqual(["direct_by_peer", "direct_by_slot", "node_aware"]);
  });

  it("is as legal in several other orders as in the one that was compiled", () => {
    // Some are not: micro-batches share places of buffers as the compiled order allows it.
    const legal = plans.filter((plan) => {
      const [attempt] = fc.sample(anyAttempt(plan), { seed: 1, numRuns: 1 });
      const same = JSON.stringify(attempt!.plan.cells) === JSON.stringify(plan.cells);
      return !same && verify(attempt!.plan).properties.every(({ ok }) => ok);
    });
    expect(legal.length).toBeGreaterThan(2);
  });

  it("takes no less than its lower bounds, and comes so near them that larger ones would be beaten", () => {
    const near: string[] = [];
    for (const plan of plans)
      for (const { stepUs, boundUs, boundBy, beaten } of outcomesOf(plan, ATTEMPTS)) {
        expect(beaten).toBeUndefined();
        if (stepUs < NEAR * boundUs) near.push(boundBy.replace(/ of .*/, ""));
      }
    expect(near.length).toBeGreaterThan(PLANS);
    expect(new Set(near).size).toBeGreaterThan(1);
  });
});
