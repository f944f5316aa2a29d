// A cluster for so many GPUs: what follows from the number need not be said, and what contradicts it is.
import { describe, expect, it } from "vitest";
import { clusterOfSize, type ClusterSize } from "../../src/check/cluster-of-size.js";

const sized = (size: ClusterSize, cluster = "h800"): ReturnType<typeof clusterOfSize> =>
  clusterOfSize(`weft:clusters/${cluster}`, { read: () => ({ problem: "missing" }) }, size);
const joins = (...args: Parameters<typeof sized>): readonly number[] | undefined =>
  sized(...args).found?.tiers.map((tier) => tier.joins);

describe("a cluster of so many GPUs", () => {
  it.each([
    [{ gpus: 64 }, [8, 8]],
    [{ gpus: 8 }, [8, 1]],
    [{ gpus: 3 }, [3, 1]],
    [{ gpus: 1 }, [1, 1]],
    [{ gpus: 24, nodeSize: 6 }, [6, 4]],
    [{ gpus: 24, overrides: ["H800.gpus=6"] }, [6, 4]],
    [{ gpus: 16, overrides: ["H800.nodes=2"] }, [8, 2]],
  ])("%j has nodes that follow", (size, expected) => {
    expect(joins(size)).toEqual(expected);
  });

  it("has as many racks as its domains make", () => {
    expect(joins({ gpus: 144 }, "gb200-nvl72")).toEqual([72, 2]);
  });

  it.each([
    [{ gpus: 60 }, /no whole number of nodes of 8/, /--node-size 6/],
    [{ gpus: 64, overrides: ["H800.nodes=2"] }, /no tier joins GPU 15 and GPU 16/, /join more/],
    [{ gpus: 8, overrides: ["H800.nodes=2"] }, /it has 16 GPUs/, /as many/],
  ])("%j does not fit", (size, reason, advice) => {
    const { found, misfit } = sized(size);
    expect(found).toBeUndefined();
    expect(misfit?.reason).toMatch(reason);
    expect(misfit?.advice).toMatch(advice);
  });
});
