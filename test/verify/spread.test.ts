// Law: a count reaches every rank that sizes something by it, told by ranks that know it.
import { describe, expect, it } from "vitest";
import { dimensionEnvironment, type Expr, type Placement } from "../../src/plan/index.js";
import { AtomReader } from "../../src/verify/atoms.js";
import type { Message } from "../../src/verify/messages.js";
import { spread } from "../../src/verify/spread.js";
import { verify } from "../../src/verify/index.js";
import { exchange, failure, phase, storyOf } from "./edit.js";
import { smallPlan } from "./small-plan.js";

// Four ranks of one slot each.
const placement: Placement = {
  name: "p",
  block: "b",
  gate: "g",
  experts: 4,
  slots: 4,
  slot_begin: [0, 1, 2, 3, 4],
  layers: [],
};
const reader = new AtomReader({}, placement, dimensionEnvironment([]));
const tells = (rank: number, to: number, ...sources: number[]): Message => ({
  step: 0,
  rank,
  to,
  atoms: { sources, slots: [0, 1, 2, 3] },
});
const ranks = [0, 1, 2, 3];
/** Each tells its neighbour, then each pair the other pair what both know. */
const near = {
  phase: "near",
  messages: ranks.flatMap((rank) => [tells(rank, rank, rank), tells(rank, rank ^ 1, rank)]),
};
const far = {
  phase: "far",
  messages: ranks.map((rank) => tells(rank, rank ^ 2, rank & 2, (rank & 2) + 1)),
};

const gatheredPlan = () => smallPlan(["e"], true);

describe("counts", () => {
  it("may be told on by those who were told", () => {
    expect(spread(reader, [near, far])).toBeUndefined();
  });

  it("cannot be told on in the phase in which they come", () => {
    const together = { phase: "both", messages: [...near.messages, ...far.messages] };
    expect(spread(reader, [together])?.story.join("\n")).toMatch(
      /rank 0 sends atom \(source 1, slot 0\) to rank 2\nbut at that time rank 0 does not know it/,
    );
  });

  it("are told to a rank once in a phase", () => {
    const doubled = { phase: "near", messages: [...near.messages, near.messages[1]!] };
    expect(spread(reader, [doubled, far])?.story.join("\n")).toMatch(/to rank 1\nwhich is told twice/);
  });

  it("must reach the host of their slot", () => {
    expect(spread(reader, [near])?.story).toEqual([
      "atom (source 2, slot 0) is never sent; rank 0 waits for it",
    ]);
  });

  it("may be known to all ranks", () => {
    expect(verify(gatheredPlan()).properties.filter((each) => !each.ok)).toEqual([]);
  });

  it("must fill the buffer that holds those of all", () => {
    const plan = gatheredPlan();
    phase(plan, "counts").steps[1]!.send.host = phase(plan, "counts").steps[1]!.to;
    phase(plan, "counts").steps[1]!.receive.host = "rank";
    expect(storyOf(failure(plan, "delivery"))).toMatch(/`e.received` of rank 0 gets 6 atoms.*holds 8/);
  });

  it("let rows that stay at the wrong rank be told of", () => {
    const plan = gatheredPlan();
    const other: Expr = ["%", ["+", "rank", 1], 2];
    for (const step of phase(plan, "dispatch").steps) {
      step.send.host = ["%", ["+", step.send.host as Expr, 1], 2];
      step.receive.host = other;
    }
    exchange(plan).layouts[1]!.holds.host = other;
    phase(plan, "combine").steps = phase(plan, "dispatch").steps.map(({ to, from, send, receive }) => ({
      to: from,
      from: to,
      send: receive,
      receive: send,
    }));
    expect(storyOf(failure(plan, "delivery"))).toMatch(/there it stays, but it belongs to rank 0/);
  });
});
