import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachFlowEnds, flowEnds } from "../../../src/simulate/flows/flow-ends.js";
import { FlowNetwork } from "../../../src/simulate/flows/network.js";
import { BYTE_PER_US, flowSet, type GivenFlow } from "./flows.js";
import { fairRates, referenceEnds } from "./reference.js";

interface Given {
  readonly capacities: readonly number[];
  readonly flows: readonly GivenFlow[];
}

const tolerance = 1e-9;
const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));

/** Few different numbers make ties, which are where fair rates go wrong. */
const amounts = fc.oneof(fc.constantFrom(1, 2, 3, 6, 12), fc.double({ min: 0.5, max: 20, noNaN: true }));

const given: fc.Arbitrary<Given> = fc.integer({ min: 1, max: 8 }).chain((links) =>
  fc.record({
    capacities: fc.array(amounts, { minLength: links, maxLength: links }),
    flows: fc.array(
      fc.record({
        path: fc.uniqueArray(fc.nat({ max: links - 1 }), { minLength: 1, maxLength: 4 }),
        bytes: amounts,
        startUs: fc.oneof(fc.constant(0), amounts),
      }),
      { minLength: 1, maxLength: 24 },
    ),
  }),
);

/** Watches a network: what holds between one event and the next. */
function watch(
  { capacities, flows }: Given,
  between: (rates: ReadonlyMap<number, number>, passed: number) => void,
): number[] {
  const network = new FlowNetwork();
  for (const capacity of capacities) network.addLink(capacity * BYTE_PER_US);
  const classes = flows.map(({ path }) => network.addClass(path));
  const numbers = new Map(
    flows.map(({ bytes, startUs }, at) => [network.start(classes[at]!, bytes, startUs), at]),
  );
  const ends = flows.map(() => NaN);
  let now = 0;
  for (;;) {
    const moving = [...flows.keys()].filter(
      (at) => (flows[at]!.startUs ?? 0) <= now * (1 + 1e-12) && Number.isNaN(ends[at]),
    );
    const rates = new Map(moving.map((at) => [at, network.rate(classes[at]!)]));
    if (!network.step()) return ends;
    between(rates, network.now - now);
    now = network.now;
    for (const flow of network.ended.subarray(0, network.endedCount)) ends[numbers.get(flow)!] = now;
  }
}

const property = (check: (given: Given) => void, numRuns = 300): void => {
  fc.assert(fc.property(given, check), { numRuns });
};

describe("for any network and flows", () => {
  it("flows end when simple filling at every event says", () => {
    property(({ capacities, flows }) => {
      const ends = eachFlowEnds(flowSet(capacities, flows)).ends;
      referenceEnds(capacities, flows).forEach((end, at) => {
        expect(near(ends[at]!, end)).toBe(true);
      });
    });
  });

  it("one of each kind stands for all that are alike", () => {
    const copies = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(given, copies, copies, ({ capacities, flows }, networks, each) => {
        // Copies of the network side by side, and in each several flows of every path.
        const set = flowSet(
          Array.from({ length: networks }, () => capacities).flat(),
          Array.from({ length: networks * each }, (_, copy) =>
            flows.map((flow) => ({
              ...flow,
              path: flow.path.map((link) => (copy % networks) * capacities.length + link),
            })),
          ).flat(),
        );
        const [folded, all] = [flowEnds(set), eachFlowEnds(set)];
        folded.ends.forEach((end, at) => {
          expect(near(end, all.ends[at]!)).toBe(true);
        });
      }),
    );
  });

  it("at any time no link is above its capacity, and each flow crosses a full link on which none is faster", () => {
    property((network) => {
      const { capacities, flows } = network;
      watch(network, (rates) => {
        const crossing = (link: number): number[] =>
          [...rates].filter(([flow]) => flows[flow]!.path.includes(link)).map(([, rate]) => rate);
        const loads = capacities.map((_, link) => crossing(link).reduce((sum, rate) => sum + rate, 0));
        loads.forEach((load, link) => {
          expect(load).toBeLessThanOrEqual(capacities[link]! * (1 + tolerance));
        });
        for (const [flow, rate] of rates)
          expect(
            flows[flow]!.path.some(
              (link) =>
                near(loads[link]!, capacities[link]!) &&
                Math.max(...crossing(link)) <= rate * (1 + tolerance),
            ),
          ).toBe(true);
      });
    });
  });

  it("rates are those of simple filling, also for the part that a change left alone", () => {
    property(({ capacities, flows }) => {
      watch({ capacities, flows }, (rates) => {
        const moving = [...rates.keys()];
        const expected = fairRates(
          capacities,
          moving.map((flow) => flows[flow]!.path),
        );
        moving.forEach((flow, at) => {
          expect(near(rates.get(flow)!, expected[at]!)).toBe(true);
        });
      });
    });
  });

  it("what moves is what was given", () => {
    property((network) => {
      const moved = network.flows.map(() => 0);
      const ends = watch(network, (rates, passed) => {
        for (const [flow, rate] of rates) moved[flow]! += rate * passed;
      });
      network.flows.forEach(({ bytes }, flow) => {
        expect(ends[flow]).not.toBeNaN();
        expect(near(moved[flow]!, bytes)).toBe(true);
      });
    });
  });

  it("the order in which flows and links are named changes nothing", () => {
    const order = fc.array(fc.integer(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(given, order, ({ capacities, flows }, keys) => {
        const sorted = (count: number): number[] =>
          Array.from({ length: count }, (_, at) => at).sort((one, other) => keys[one]! - keys[other]!);
        const [newLinks, newFlows] = [sorted(capacities.length), sorted(flows.length)];
        const { ends } = eachFlowEnds(flowSet(capacities, flows));
        const shuffled = eachFlowEnds(
          flowSet(
            newLinks.map((link) => capacities[link]!),
            newFlows.map((flow) => ({
              ...flows[flow]!,
              path: flows[flow]!.path.map((link) => newLinks.indexOf(link)).reverse(),
            })),
          ),
        );
        newFlows.forEach((flow, at) => {
          expect(near(shuffled.ends[at]!, ends[flow]!)).toBe(true);
        });
      }),
    );
  });

  it("on one link a further flow speeds up no other", () => {
    property(({ capacities, flows }) => {
      const onOne = flows.map((flow) => ({ ...flow, path: [0] }));
      const { ends } = eachFlowEnds(flowSet(capacities, onOne));
      const without = eachFlowEnds(flowSet(capacities, onOne.slice(0, -1))).ends;
      without.forEach((end, at) => {
        expect(ends[at]!).toBeGreaterThanOrEqual(end * (1 - tolerance));
      });
    });
  });

  it("changed capacities give the rates of a network that had them from the start", () => {
    fc.assert(
      fc.property(
        given,
        fc.array(fc.tuple(fc.nat(), amounts), { maxLength: 10 }),
        ({ capacities, flows }, changes) => {
          const network = new FlowNetwork();
          const now = [...capacities];
          for (const capacity of capacities) network.addLink(capacity * BYTE_PER_US);
          const classes = flows.map(({ path }) => network.addClass(path));
          for (const flowClass of classes) network.start(flowClass, 1e9);
          for (const [at, capacity] of changes) {
            const link = at % capacities.length;
            now[link] = capacity;
            network.setCapacity(link, capacity * BYTE_PER_US);
            const expected = fairRates(
              now,
              flows.map((each) => each.path),
            );
            classes.forEach((flowClass, flow) => {
              expect(near(network.rate(flowClass), expected[flow]!)).toBe(true);
            });
          }
        },
      ),
    );
  });
});
