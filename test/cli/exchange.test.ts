// weft exchange: a schedule for any traffic matrix, what is wrong with the input said, and the plan in formats that others load.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const traffic = (name: string): string => fixture(`exchange/${name}`);
const h800 = ["--cluster", "weft:clusters/h800"];

/** What of the JSON these tests look at: the fields that the command promises. */
interface Exchange {
  readonly algorithm: string;
  readonly time_us: number;
  readonly bound_us: number;
  readonly stages: number;
  readonly launches: number;
  readonly bytes_per_tier: Readonly<Record<string, number>>;
  readonly candidates: readonly {
    readonly algorithm: string;
    readonly time_us?: number;
    readonly stages?: number;
    readonly reason?: string;
  }[];
}

function scheduled(args: readonly string[], input = ""): Exchange {
  const ran = weft(["exchange", ...args, ...h800, "--json"], { input });
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  return json(ran) as unknown as Exchange;
}

describe("weft exchange", () => {
  it("prices every candidate and takes the fastest", () => {
    const {
      algorithm,
      time_us: time,
      bound_us: bound,
      candidates,
      launches,
      stages,
      bytes_per_tier: bytes,
    } = scheduled([traffic("traffic-64.csv")]);
    const times = candidates.flatMap(({ time_us: us }) => us ?? []);
    expect(time).toBe(Math.min(...times));
    expect(candidates[0]).toMatchObject({ algorithm, time_us: time, stages });
    expect(time).toBeGreaterThanOrEqual(bound);
    expect(launches).toBeGreaterThanOrEqual(stages);
    expect(Object.keys(bytes)).toEqual(["nvlink", "infiniband"]);
    // The skew of this matrix is what relays are for.
    expect(time).toBeLessThan(0.5 * candidates.find((each) => each.algorithm === "direct")!.time_us!);
  });

  it("lets a token cross once for a node where the file says which rows share tokens", () => {
    const { candidates } = scheduled([traffic("routing-16.json"), "--algorithm", "forward"]);
    const bytesOf = (name: string) =>
      (candidates.find(({ algorithm }) => algorithm === name) as unknown as Exchange).bytes_per_tier[
        "infiniband"
      ]!;
    expect(bytesOf("forward")).toBeLessThan(bytesOf("direct"));
    expect(candidates.find(({ algorithm }) => algorithm === "gather")?.reason).toContain("copies for nodes");
  });

  it("says what a zero matrix takes: nothing", () => {
    expect(scheduled(["-"], "0,0\n0,0\n")).toMatchObject({ time_us: 0, bound_us: 0 });
  });

  it.each([
    ["malformed-traffic", "0,1\n-3,0\n", []],
    ["malformed-traffic", "0,1\nx,0\n", []],
    ["malformed-traffic", "0,1,2\n1,0,2\n", []],
    ["unknown-algorithm", "0,1\n1,0\n", ["--algorithm", "birkhof"]],
    ["algorithm-not-applicable", "0,1\n1,0\n", ["--algorithm", "gather"]],
    ["bound-below-traffic", "0,9\n1,0\n", ["--bound", "1"]],
    [
      "traffic-not-of-cluster",
      `${Array.from({ length: 12 }, () => "1,1,1,1,1,1,1,1,1,1,1,1").join("\n")}\n`,
      [],
    ],
  ] as const)("%s is a diagnostic: %j %j", (code, input, args) => {
    const ran = weft(["exchange", "-", ...h800, ...args, "--json"], { input });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toContain(code);
  });

  it("writes plans that are proved and executed, and files for other systems", () => {
    const folder = emptyFolder();
    for (const format of ["plan", "mscclpp", "msccl-xml", "chakra", "trace", "cuda"]) {
      const args = [traffic("routing-16.json"), ...h800, "--algorithm", "direct", "--emit", format];
      const ran = weft(["exchange", ...args, "-o", join(folder, format)]);
      expect({ format, status: ran.status, stderr: ran.status === 0 ? "" : ran.stderr }).toEqual({
        ...{ format, status: 0, stderr: "" },
      });
    }
    const verified = weft(["verify", join(folder, "plan")]);
    expect(verified).toMatchObject({ status: 0 });
    expect(verified.stdout).toContain("The plan is proved, for any traffic.");
    const ran = weft(["run", join(folder, "plan"), "--backend", "cpu", "--traffic", "gaps"]);
    expect(ran.stdout).toContain("Every row is where it belongs, byte for byte.");
  });

  it("refuses by name what a format cannot hold", () => {
    const folder = emptyFolder();
    const args = [
      traffic("routing-16.json"),
      ...h800,
      "--algorithm",
      "forward",
      "--emit",
      "mscclpp",
      "--json",
    ];
    const ran = weft(["exchange", ...args, "-o", join(folder, "a2a.json")]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["not-emittable-exchange"]);
    expect(ran.stdout).toContain("static chunks");
  });
});
