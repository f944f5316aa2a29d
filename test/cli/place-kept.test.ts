// What weft place says of constraints that few moves cannot keep: that they do not hold, why, and how many moves would do.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const from = [
  ...["place", fixture("place/loads.json"), "--gpus", "32", "--nodes", "4", "--groups", "8"],
  ...["--from", fixture("place/yesterday.json")],
];

interface Reported {
  readonly groups_on_nodes: boolean;
  readonly max_load: readonly number[];
  readonly lower_bound_load: readonly number[];
  readonly rebalance: {
    readonly mending_moves: number;
    readonly layers: readonly { readonly unmended?: string; readonly not_kept?: readonly string[] }[];
  };
}

describe("weft place --from, where fewer moves are allowed than constraints need", () => {
  it.each([
    ["groups on nodes", ["--groups-on-nodes"], "40", "groups_on_nodes"],
    ["pins", ["--pin", "3=4"], "3", "pins"],
  ])(
    "says that %s do not hold, where and why; so many moves as it names do",
    (what, asked, most, constraint) => {
      const ran = weft([...from, ...asked, "--max-moves", most, "--json"]);
      expect(ran.status).toBe(1);
      expect(codes(ran)).toEqual(["constraints-not-kept"]);
      const report = json(ran) as unknown as Reported;
      const { rebalance, max_load: loads, lower_bound_load: bounds } = report;
      const broken = rebalance.layers.filter(({ unmended }) => unmended !== undefined);
      expect(broken.length).toBeGreaterThan(0);
      for (const each of broken)
        expect(each).toMatchObject({ unmended: "max_moves", not_kept: [constraint] });
      expect(report.groups_on_nodes).toBe(false);
      loads.forEach((load, layer) => {
        expect(load).toBeGreaterThanOrEqual(bounds[layer]! * (1 - 1e-9));
      });
      const text = weft([...from, ...asked, "--max-moves", most]);
      expect(text.status).toBe(1);
      const needed = String(rebalance.mending_moves);
      expect(text.stderr).toMatch(
        new RegExp(`After the moves ${what} do not hold in layers .*: it takes ${needed} moves`),
      );
      expect(text.stderr).toContain(`Allow ${needed} moves.`);
      expect(text.stdout).toContain("Over all layers");
      expect(text.stdout).not.toContain("Groups are kept on nodes.");
      expect(weft([...from, ...asked, "--max-moves", needed]).status).toBe(0);
    },
  );

  it("emits nothing of it, and reports all the same", () => {
    const out = join(emptyFolder(), "experts.json");
    const asked = ["--groups-on-nodes", "--max-moves", "40", "--emit", "sglang", "-o", out];
    const ran = weft([...from, ...asked]);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("error[constraints-not-kept]");
    expect(ran.stderr).toContain("error[not-emittable-placement]");
    expect(ran.stderr).toContain("Over all layers");
    expect(existsSync(out)).toBe(false);
  });

  it("words what moves lose as a loss", () => {
    const { stdout } = weft([...from, "--groups-on-nodes", "--max-moves", "5000"]);
    expect(stdout).toContain("Groups are kept on nodes.");
    expect(stdout).toMatch(/each move costs\s+[\d.]+ [um]s in the mean/);
    expect(stdout).not.toMatch(/gains\s+-/);
  });
});
