import { describe, expect, it } from "vitest";
import { eachFlowEnds, flowEnds } from "../../../src/simulate/flows/flow-ends.js";
import type { FlowSet } from "../../../src/simulate/flows/flow-set.js";
import { FlowNetwork } from "../../../src/simulate/flows/network.js";
import { allToAll, BYTE_PER_US, flowSet, railNodes, type GivenFlow } from "./flows.js";

/** Both ways of simulating, with and without folding of what is alike, give these times to 12 digits. */
function expectEnds(set: FlowSet, expected: readonly number[]): void {
  for (const { ends } of [flowEnds(set), eachFlowEnds(set)]) {
    expect(ends).toHaveLength(expected.length);
    ends.forEach((end, flow) => {
      expect(Math.abs(end / expected[flow]! - 1)).toBeLessThan(1e-12);
    });
  }
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

describe("where the answer is known", () => {
  it("one flow takes its latency, and its bytes over the slowest link", () => {
    expectEnds(flowSet([7, 3, 5], [{ path: [0, 1, 2], bytes: 1000, startUs: 11 }]), [11 + 1000 / 3]);
  });

  it("n equal flows on one link take n times as long as one", () => {
    for (const count of [2, 3, 7, 1000]) {
      const flows = times(count, () => ({ path: [0], bytes: 1000 }));
      expectEnds(
        flowSet([3], flows),
        flows.map(() => (count * 1000) / 3),
      );
    }
  });

  it("unequal flows on one link end in order of their sizes, each leaving its share to the others", () => {
    // Flow k shares with those that are longer, so it ends when all have got k + 1 bytes.
    const flows = times(50, (at) => ({ path: [0], bytes: at + 1 }));
    expectEnds(
      flowSet([3], flows),
      flows.map((_, at) => times(at + 1, (step) => 50 - step).reduce((sum, each) => sum + each) / 3),
    );
  });

  it("a flow that starts later halves what the first one gets from then on", () => {
    const set = flowSet(
      [2],
      [
        { path: [0], bytes: 100 },
        { path: [0], bytes: 20, startUs: 10 },
      ],
    );
    // 20 bytes until 10; both get 1 a microsecond until 30; then 60 bytes are left.
    expectEnds(set, [60, 30]);
  });

  it("a flow that crosses a link twice takes two shares of it", () => {
    expectEnds(
      flowSet(
        [6],
        [
          { path: [0, 0], bytes: 30 },
          { path: [0], bytes: 30 },
        ],
      ),
      [15, 15],
    );
  });

  it("nothing takes no time", () => {
    expectEnds(flowSet([1], [{ path: [0], bytes: 0, startUs: 5 }]), [5]);
  });

  it("incast: what many send to one comes at the rate of its port", () => {
    const sources = 31;
    const flows = times(sources, (at) => ({ path: [at + 1, 0], bytes: 400 }));
    expectEnds(
      flowSet([5, ...times(sources, () => 4)], flows),
      flows.map(() => (sources * 400) / 5),
    );
  });
});

describe("a star", () => {
  /** Ports out of GPU g are links g, into it links gpus + g. */
  const star = (gpus: number, bytes: (from: number, to: number) => number): GivenFlow[] =>
    times(gpus, (from) =>
      times(gpus, (to) => ({ path: [from, gpus + to], bytes: bytes(from, to) })).filter(
        (_, to) => to !== from,
      ),
    ).flat();

  it("equal all-to-all: every port is busy to the end", () => {
    const gpus = 16;
    const flows = star(gpus, () => 1000);
    expectEnds(
      flowSet(
        times(2 * gpus, () => 8),
        flows,
      ),
      flows.map(() => ((gpus - 1) * 1000) / 8),
    );
  });

  it("one GPU that sends twice as much: the others' flows end together, its own later", () => {
    const gpus = 8;
    const flows = star(gpus, (from) => (from === 0 ? 2000 : 1000));
    // All flows have 1/7 of a port until those of 1000 bytes end; its own ports then share with none but one another.
    const first = (7 * 1000) / 8;
    expectEnds(
      flowSet(
        times(2 * gpus, () => 8),
        flows,
      ),
      flows.map(({ path }) => (path[0] === 0 ? 2 * first : first)),
    );
  });

  it("a slow port holds back what crosses it, and the others take what that leaves", () => {
    // Port 0 is a quarter as fast: its flows get 1/3 each, and those between the other three share 4 - 1/3 in two.
    const flows = star(4, () => 1000);
    const slow = 1000 * 3;
    const fast = 1000 / ((4 - 1 / 3) / 2);
    expectEnds(
      flowSet([1, 4, 4, 4, 1, 4, 4, 4], flows),
      flows.map(({ path }) => (path.includes(0) || path.includes(4) ? slow : fast)),
    );
  });
});

describe("two tiers", () => {
  it("an oversubscribed spine decides an all-to-all, and what stays in the node does not wait for it", () => {
    const [nodes, size, bytes] = [4, 8, 1000];
    const gpus = nodes * size;
    const [port, uplink] = [10, 16];
    // Ports out of and into each GPU, then uplinks out of and into each node.
    const capacities = [...times(2 * gpus, () => port), ...times(2 * nodes, () => uplink)];
    const pairs = times(gpus * gpus, (at) => [Math.floor(at / gpus), at % gpus] as const).filter(
      ([from, to]) => from !== to,
    );
    const node = (gpu: number): number => Math.floor(gpu / size);
    const flows = pairs.map(([from, to]) => {
      const up = [2 * gpus + node(from), 2 * gpus + nodes + node(to)];
      return { path: [from, gpus + to, ...(node(from) === node(to) ? [] : up)], bytes };
    });
    const crossing = size * (gpus - size);
    // An uplink's flows get their share of it; the others share what these leave of the ports.
    const remote = uplink / crossing;
    const local = (port - (gpus - size) * remote) / (size - 1);
    expectEnds(
      flowSet(capacities, flows),
      pairs.map(([from, to]) => (node(from) === node(to) ? bytes / local : bytes / remote)),
    );
  });

  it("rails: every rail carries what all GPUs of its node send to its peers", () => {
    const nodes = { ...railNodes(64), latenciesUs: [0, 0] as const };
    const bytes = 1e6;
    const { ends, flows, links } = flowEnds(allToAll(nodes, () => bytes));
    const remote = ((8 * 7 * bytes) / 50e9) * 1e6;
    expect(Math.max(...ends) / remote).toBeCloseTo(1, 12);
    // All GPUs are alike: flows within the node, over a rail, and over a rail by a neighbour; ports of two kinds.
    expect([flows, links]).toEqual([3, 2]);
  });
});

describe("a parking lot", () => {
  /** A long flow over all links, and a short one on each. */
  const lot = (links: number, long: number, short: number): GivenFlow[] => [
    { path: times(links, (at) => at), bytes: long },
    ...times(links, (at) => ({ path: [at], bytes: short })),
  ];

  it("the long flow gets half of every link", () => {
    expectEnds(
      flowSet(
        times(5, () => 2),
        lot(5, 100, 100),
      ),
      [100, 100, 100, 100, 100, 100],
    );
  });

  it("unequal links: the narrowest decides, and others take what is left", () => {
    // Link 0 gives the long flow 1 of 2; the flow on link 1 gets 5, that on link 2 gets 9.
    const flows = lot(3, 450, 450);
    expectEnds(flowSet([2, 6, 10], flows), [450, 450, 90, 50]);
  });

  it("departures: the long flow speeds up when the narrowest link is free", () => {
    const flows = lot(2, 100, 30);
    // Both of link 0 (2 bytes/us) get 1 until 30, when the short one ends; the long one then gets 2. On link 1 (5 bytes/us) the
    // short flow had 4 until 7.5.
    expectEnds(flowSet([2, 5], flows), [30 + 70 / 2, 30, 7.5]);
  });
});

describe("a network that is changed on the way", () => {
  it("a link that becomes slower and faster again", () => {
    const network = new FlowNetwork();
    const link = network.addLink(4 * BYTE_PER_US);
    const flow = network.addClass([link]);
    network.start(flow, 100);
    const clock = network.addClass([network.addLink(BYTE_PER_US)]);
    network.start(clock, 10);
    network.start(clock, 0, 25);
    expect([network.step(), network.now]).toEqual([true, 10]);
    network.setCapacity(link, BYTE_PER_US);
    expect(network.rate(flow)).toBe(1);
    expect([network.step(), network.now]).toEqual([true, 25]);
    network.setCapacity(link, 4 * BYTE_PER_US);
    // 40 bytes until 10, 15 until 25, 45 are left.
    expect([network.step(), network.now]).toEqual([true, 25 + 45 / 4]);
    expect(network.step()).toBe(false);
    // Three starts and three ends.
    expect(network.events).toBe(6);
  });

  it("a link that held nothing back and becomes narrow", () => {
    const network = new FlowNetwork();
    const [narrow, wide] = [network.addLink(BYTE_PER_US), network.addLink(10 * BYTE_PER_US)];
    const flow = network.addClass([narrow, wide]);
    network.start(flow, 100);
    expect(network.rate(flow)).toBe(1);
    network.setCapacity(wide, BYTE_PER_US / 2);
    expect(network.nextUs()).toBe(200);
  });
});
