// Schedules: defaults, choices left open and pinned, and what the cluster allows.
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/check.js";
import { memoryHost } from "./host.js";
import { complaints, programOf, scheduleWith } from "./language.js";

const scheduleOf = (...args: Parameters<typeof scheduleWith>) => programOf(scheduleWith(...args)).schedule;

describe("what a schedule leaves out", () => {
  const { parallel, precision, routing, placement, exchange, overlap, batch } = scheduleOf();

  it("is data parallel over the whole cluster", () => {
    expect(parallel).toMatchObject({ dp: 8, ep: 1 });
    expect(scheduleOf("parallel = { ep: 8 }", { cluster: "Node(nodes: 2)" }).parallel).toMatchObject({
      dp: 16,
      ep: 8,
    });
  });

  it("is bf16, with gates in f32 and rows that travel as the activations are", () => {
    expect(precision).toEqual({
      weights: "bf16",
      activations: "bf16",
      dispatch: "bf16",
      combine: "bf16",
      cache: "bf16",
      gate: "f32",
      index: "u32",
    });
    const f16 = scheduleOf("precision = { dispatch: fp8, cache: fp8 }").precision;
    expect(f16).toMatchObject({ weights: "bf16", dispatch: "fp8", combine: "bf16", cache: "fp8" });
  });

  it("is left to the compiler, with uniform routing and every token kept", () => {
    expect(routing.text).toBe("uniform");
    expect(exchange.tokens).toMatchObject({ policy: "dropless" });
    const { batches, chunks, sms } = overlap;
    const choices = [placement.method, exchange.algorithm, batches, chunks, sms, batch.microBatches];
    expect(choices.map(({ kind }) => kind)).toEqual(choices.map(() => "auto"));
  });
});

describe("choices", () => {
  it("are pinned alone by auto(x: v)", () => {
    const { overlap, exchange } = scheduleOf(`
      overlap  = auto(batches: 2, chunks: 2)
      exchange = auto(tokens: dropless(bound: 2.0, overflow: abort))`);
    expect(overlap.batches).toMatchObject({ kind: "pinned", value: 2 });
    expect(overlap.chunks).toMatchObject({ kind: "pinned", value: 2 });
    expect(overlap.sms.kind).toBe("auto");
    expect(exchange.algorithm.kind).toBe("auto");
    expect(exchange.tokens).toMatchObject({ bound: 2, overflow: "abort" });
  });

  it("are pinned by their name", () => {
    const { placement, exchange } = scheduleOf(
      "placement = contiguous\nexchange = direct_by_slot(tokens: dropless)",
    );
    expect(placement.method).toMatchObject({ kind: "pinned", value: "contiguous" });
    expect(exchange.algorithm).toMatchObject({ kind: "pinned", value: "direct_by_slot" });
  });

  it("of what happens to tokens may drop some of them, if the user says so", () => {
    const { exchange } = scheduleOf("exchange = auto(tokens: capacity(1.25))");
    expect(exchange.algorithm.kind).toBe("auto");
    expect(exchange.tokens).toMatchObject({ policy: "capacity", factor: 1.25 });
    expect(exchange.tokens.bound).toBeUndefined();
  });

  it("of who moves the rows is NCCL unless the user says otherwise, with any algorithm", () => {
    expect(scheduleOf("exchange = auto").exchange.transport).toBe("nccl");
    expect(scheduleOf("exchange = auto(transport: nccl)").exchange.transport).toBe("nccl");
    const { exchange } = scheduleOf("exchange = direct_by_slot(tokens: dropless, transport: deepep)");
    expect(exchange).toMatchObject({ algorithm: { kind: "pinned" }, transport: "deepep" });
  });

  it("of routing are printed in one way", () => {
    expect(scheduleOf("routing = lognormal(seed: 7,   sigma: 1.0)").routing.text).toBe(
      "lognormal(sigma: 1, seed: 7)",
    );
  });
});

describe("a decode schedule", () => {
  it("computes one token after those in the cache", () => {
    const text = scheduleWith("", { batch: "{ sequences: 16, context: 4989 }" }).replace("prefill", "decode");
    expect(programOf(text).schedule.batch).toMatchObject({ sequences: 16, length: 1, context: 4989 });
  });
});

describe("limits", () => {
  it("are bytes and microseconds", () => {
    const { requirements } = scheduleOf("require memory <= 76 GiB\nrequire step_time < 2 ms");
    expect(requirements.map(({ subject, op, limit }) => [subject, op, limit])).toEqual([
      ["memory", "<=", 76 * 2 ** 30],
      ["step_time", "<", 2000],
    ]);
  });
});

describe("experts need not divide by ep", () => {
  it("and twelve live on eight ranks", () => {
    const program = programOf(scheduleWith("parallel = { ep: 8 }"), { overrides: ["M.experts=12"] });
    expect(program.schedule.parallel.ep).toBe(8);
  });
});

describe("measured routing", () => {
  const text = scheduleWith('routing = measured("loads.json")');
  const load = (loads: string) => check("a.weft", memoryHost({ "a.weft": text, "loads.json": loads }));

  it("is a matrix beside the schedule file", () => {
    expect(load("[[1,2,3,4,5,6,7,8],[8,7,6,5,4,3,2,1]]").program?.schedule.routing.value).toMatchObject({
      kind: "measured",
      path: "loads.json",
      tokens: [
        [1, 2, 3, 4, 5, 6, 7, 8],
        [8, 7, 6, 5, 4, 3, 2, 1],
      ],
    });
  });

  it("may be what a recorder wrote: of several windows the mean, without the dense layers that SGLang counts", () => {
    const dump = JSON.stringify({
      logical_count: [
        [new Array(8).fill(0), [1, 2, 3, 4, 5, 6, 7, 8]],
        [new Array(8).fill(0), [3, 2, 1, 0, 5, 6, 7, 8]],
      ],
    });
    expect(load(dump).program?.schedule.routing.value).toMatchObject({
      kind: "measured",
      tokens: [[2, 2, 2, 2, 5, 6, 7, 8]],
    });
  });

  it.each(["", "[]", "{}", "[1, 2]", "[[1, 2]]", "[[0,0,0,0,0,0,0,0]]", '[["1",2,3,4,5,6,7,8]]'])(
    "is not %s",
    (loads) => {
      expect(
        load(loads)
          .diagnostics.sorted()
          .map(({ code }) => code),
      ).toEqual(["measured-loads"]);
    },
  );
});

describe("which schedule is meant", () => {
  const two =
    scheduleWith() +
    scheduleWith().slice(scheduleWith().indexOf("schedule s")).replace("schedule s", "schedule t");
  const host = memoryHost({ "two.weft": two, "user.weft": 'import "two.weft"\n' });

  it("is for the caller to say where there are several", () => {
    const { program, schedules, diagnostics } = check("two.weft", host);
    expect({ program, schedules, errors: diagnostics.hasErrors }).toEqual({
      program: undefined,
      schedules: ["s", "t"],
      errors: false,
    });
    expect(check("two.weft", host, { schedule: "t" }).program?.schedule.name).toBe("t");
  });

  it("is never one of an imported file", () => {
    const { schedules, diagnostics } = check("user.weft", host);
    expect(schedules).toEqual([]);
    expect(diagnostics.sorted().map(({ code }) => code)).toEqual(["no-schedule"]);
  });
});

describe("settings that do not go together", () => {
  it("are each reported at their line", () => {
    const text = scheduleWith("parallel = { ep: 3 }\noverlap = auto(batches: 3)\nplacement = auto(slots: 0)");
    expect(complaints(text)).toEqual([
      `does-not-divide at "3"`,
      `does-not-divide at "3"`,
      `out-of-range at "0"`,
    ]);
  });
});

describe("placement", () => {
  const file = (placement: string, constraints: string) =>
    check(
      "a.weft",
      memoryHost({
        "a.weft": scheduleWith(`parallel = { ep: 8 }\nplacement = ${placement}`),
        "placement.json": constraints,
      }),
    );
  const stated = (placement: string, constraints: string) =>
    file(placement, constraints).program?.schedule.placement;
  const codes = (placement: string, constraints = "{}") =>
    file(placement, constraints)
      .diagnostics.sorted()
      .map(({ code }) => code);

  it("is priced, with groups where that is worth it, unless the user says otherwise", () => {
    expect(scheduleOf().placement).toMatchObject({ method: { kind: "auto" }, groups: { value: "priced" } });
    expect(scheduleOf("placement = auto(groups: hard)").placement.groups.value).toBe("hard");
  });

  it("is pinned to prices, to EPLB's rule or to the experts' order by its name", () => {
    for (const word of ["priced", "eplb", "contiguous"])
      expect(scheduleOf(`placement = ${word}`).placement.method).toMatchObject({
        kind: "pinned",
        value: word,
      });
    expect(codes("eplb(groups: hard)")).toEqual(["unknown-field"]);
    expect(codes("contiguous(redundant: 8)")).toEqual(["unknown-field"]);
  });

  it("takes constraints from a file beside the schedule, as weft place does", () => {
    const text = '{ "groups": "hard", "pinned": [{ "expert": 1, "gpu": 2 }], "gpus": { "excluded": [7] } }';
    expect(stated('auto(slots: 14, constraints: "placement.json")', text)).toMatchObject({
      groups: { value: "hard" },
      constraints: {
        ...{ path: "placement.json", pinned: [{ expert: 1, gpu: 2 }] },
        gpus: { excluded: [7] },
      },
    });
  });

  it("states what it states once", () => {
    expect(codes('auto(groups: hard, constraints: "placement.json")', '{ "groups": "priced" }')).toEqual([
      "wrong-value",
    ]);
    expect(codes('auto(groups: hard, constraints: "placement.json")', '{ "groups": "hard" }')).toEqual([]);
  });

  it("rounds replicas up to equal slots of the GPUs that have any", () => {
    const text = '{ "gpus": { "excluded": [7] } }';
    expect(codes('auto(redundant: 1, constraints: "placement.json")', text)).toEqual([]);
    expect(codes('auto(slots: 13, constraints: "placement.json")', text)).toEqual([]);
    expect(codes('auto(slots: 57, constraints: "placement.json")', text)).toEqual(["placement-not-possible"]);
  });

  it("names slots of GPUs that leave fewer replicas than are asked for", () => {
    const text = '{ "gpus": { "slots": [1, 1, 1, 1, 1, 1, 2, 2] } }';
    expect(codes('auto(redundant: 3, constraints: "placement.json")', text)).toEqual([
      "placement-not-possible",
    ]);
    expect(codes('auto(redundant: 2, constraints: "placement.json")', text)).toEqual([]);
  });

  it("wants a path in quotes, and words for groups", () => {
    expect(codes("auto(constraints: placement)")).toEqual(["wrong-value"]);
    expect(codes("auto(groups: soft)")).toEqual(["unknown-choice"]);
    expect(codes('auto(constraints: "/placement.json")')).toEqual(["absolute-import"]);
    expect(codes('auto(constraints: "none.json")')).toEqual(["missing-file"]);
  });
});
