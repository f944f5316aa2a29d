import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, fixture, json, weft } from "./weft.js";

interface Launch {
  readonly kind: string;
  waits: string[];
}
interface Plan {
  exchanges: { phases: { carries: string; steps: unknown[] }[] }[];
  cells: { launches: Launch[] }[];
}

let path = "";
beforeAll(() => {
  const out = emptyFolder();
  weft(["compile", fixture("tiny.weft"), "-o", out]);
  path = join(out, "plan.json");
});

/** The plan after something was done to it, in a file of its own. */
function damaged(change: (plan: Plan) => void): string {
  const plan = JSON.parse(readFileSync(path, "utf8")) as Plan;
  change(plan);
  const file = join(emptyFolder(), "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  return file;
}

const dropStep = (plan: Plan): void => {
  for (const { phases } of plan.exchanges)
    for (const phase of phases) if (phase.carries === "rows") phase.steps.pop();
};
const dropWaits = (plan: Plan): void => {
  for (const { launches } of plan.cells)
    for (const launch of launches) if (launch.kind === "transfer") launch.waits = [];
};

describe("weft verify", () => {
  it("proves a compiled plan, property by property", () => {
    const ran = weft(["verify", path]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const name of ["delivery", "progress", "races", "memory", "limits", "faithfulness"])
      expect(ran.stdout).toMatch(new RegExp(`^${name} +ok`, "m"));
  });

  it("gives each property to machines", () => {
    const ran = weft(["verify", path, "--json"]);
    const object = json(ran);
    expect(object).toMatchObject({ format: "weft.verify/1", ok: true, diagnostics: [] });
    const properties = object["properties"] as readonly { readonly name: string }[];
    const names = properties.map(({ name }) => name);
    const designed = ["delivery", "progress", "races", "memory", "limits", "faithfulness"];
    expect(names).toEqual(expect.arrayContaining(designed));
    for (const property of properties)
      expect(property).toMatchObject({
        ok: true,
        checked: expect.any(String) as unknown,
        assumptions: expect.any(Array) as unknown,
      });
  });

  it("exits with 3 and tells the story of a plan without a step or without waits", () => {
    for (const change of [dropStep, dropWaits]) {
      const ran = weft(["verify", damaged(change)]);
      expect(ran.status).toBe(3);
      expect(ran.stdout).toContain("FAILED");
      expect(ran.stdout).toContain("tiny.weft:");
    }
  });
});

describe("weft run", () => {
  it("executes every layer, launch and transfer, and compares them", () => {
    const ran = weft(["run", path, "--backend", "cpu", "--seed", "3", "--data-seed", "4"]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const said of [
      "the CPU",
      "order seed 3",
      "data seed 4",
      "Reduced",
      "launches",
      "relative error",
      "routing",
    ])
      expect(ran.stdout).toContain(said);
  });

  it("gives machines the same routing for each order, and all amounts", () => {
    const objects = ["1", "2"].map((seed) =>
      json(weft(["run", path, "--backend", "cpu", "--seed", seed, "--json"])),
    );
    const [first, second] = objects;
    expect(first).toMatchObject({
      format: "weft.run/1",
      ok: true,
      diagnostics: [],
      backend: "cpu",
      seed: 1,
      data_seed: 1,
      ranks: 8,
      ties: expect.any(Number) as unknown,
      reduced: expect.any(Array) as unknown,
    });
    const { executed, of } = first as { executed: Record<string, number>; of: Record<string, number> };
    for (const what of ["layers", "launches", "transfers"]) expect(executed[what]).toBe(of[what]);
    expect(executed["bytes"]).toBeGreaterThan(0);
    expect(first?.["max_relative_error"]).toBeLessThanOrEqual(1e-4);
    expect(first?.["layers"]).toHaveLength(executed["layers"] ?? 0);
    expect(second?.["routing_sha256"]).toBe(first?.["routing_sha256"]);
  });

  it("exits with 3 where a step was dropped", () => {
    const ran = weft(["run", damaged(dropStep), "--backend", "cpu", "--json"]);
    expect(ran.status).toBe(3);
    expect(json(ran)).toMatchObject({ ok: false, failure: { kind: expect.any(String) as unknown } });
  });

  it.each([
    ["--seed", "one"],
    ["--seed", "-1"],
    ["--data-seed", "1.5"],
    ["--backend", "cuda"],
    ["--order", "last-in"],
  ])("refuses %s %s", (option, value) => {
    expect(weft(["run", path, option, value]).status).toBe(2);
  });

  it.each(["cpu", "webgpu", undefined])(
    "refuses --order where nothing is emulated: --backend %s",
    (backend) => {
      const chosen = backend === undefined ? [] : ["--backend", backend];
      const ran = weft(["run", path, ...chosen, "--order", "random", "--json"]);
      expect(ran.status).toBe(2);
      expect(json(ran)).toMatchObject({ ok: false, diagnostics: [{ code: "wrong-arguments" }] });
    },
  );

  it("says which compiler is missing for an emitted program", () => {
    const ran = weft(["run", path, "--backend", "cuda-emulated", "--json"], { env: { CXX: "nonesuch" } });
    expect(ran.status).toBe(1);
    expect(json(ran)).toMatchObject({ ok: false, diagnostics: [{ code: "no-compiler" }] });
    expect(JSON.stringify(json(ran))).toContain("nonesuch was tried, and there is no such program");
  });

  it("says what was tried where a WebGPU device is asked for and there is none", () => {
    const env = { WEFT_ADAPTER: "nonesuch" };
    const insists = weft(["run", path, "--backend", "webgpu", "--json"], { env });
    expect(insists.status).toBe(1);
    expect(json(insists)).toMatchObject({ ok: false, diagnostics: [{ code: "no-webgpu" }] });
    const ran = weft(["run", path, "--json"], { env });
    expect(ran.status).toBe(0);
    expect(json(ran)).toMatchObject({ ok: true, backend: "cpu", diagnostics: [{ code: "cpu-instead" }] });
  });
});
