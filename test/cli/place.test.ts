// weft place: a placement of experts alone, from loads of any system, with what was asked for kept and what is wrong said.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, emptyFolder, fixture, json, weft, type Surroundings } from "./weft.js";

const loads = fixture("place/loads.json");
const counts = ["--gpus", "32", "--nodes", "4", "--slots", "288", "--groups", "8"];

/** What of the JSON these tests look at. */
interface Placement {
  readonly physical_to_logical: readonly (readonly number[])[];
  readonly gpu_of_slot: readonly (readonly number[])[];
  readonly split: readonly (readonly number[])[];
  readonly replicas: readonly (readonly number[])[];
  readonly balancedness: readonly number[];
  readonly max_load: readonly number[];
  readonly lower_bound_load: readonly number[];
  readonly predicted_time_us: readonly number[];
  readonly expert_bytes: number;
  readonly gpu_loads: readonly (readonly number[])[];
  readonly slots_per_gpu: readonly number[];
  readonly top_k: number;
  readonly top_groups: number;
  readonly notes: readonly string[];
  readonly priced_with: { readonly model: string; readonly cluster: string; readonly assumed: boolean };
  readonly rule: { readonly balancedness: readonly number[]; readonly predicted_time_us: readonly number[] };
  readonly windows?: {
    readonly count: number;
    readonly worst_window: readonly number[];
    readonly worst_balancedness: readonly number[];
    readonly slowest_window: readonly number[];
    readonly worst_time_us: readonly number[];
  };
}

const placed = (args: readonly string[], surroundings?: Surroundings): Placement => {
  const ran = weft(["place", ...args, "--json"], surroundings);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  return json(ran) as unknown as Placement;
};

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe("weft place", () => {
  it("gives every expert a slot, no GPU one twice, and says what each slot takes and costs", () => {
    const object = placed([loads, ...counts]);
    expect(object).toMatchObject({ format: "weft.place/1", ok: true, diagnostics: [] });
    const matrix = JSON.parse(readFileSync(loads, "utf8")) as readonly (readonly number[])[];
    object.physical_to_logical.forEach((experts, layer) => {
      const gpus = object.gpu_of_slot[layer]!;
      const split = object.split[layer]!;
      expect(new Set(experts).size).toBe(256);
      expect(new Set(experts.map((expert, slot) => `${expert} on ${gpus[slot]!}`)).size).toBe(288);
      matrix[layer]!.forEach((_, expert) => {
        const own = split.filter((_, slot) => experts[slot] === expert);
        expect(sum(own)).toBeCloseTo(1, 12);
        expect(object.replicas[layer]![expert]).toBe(own.length);
      });
      const taken = new Array<number>(32).fill(0);
      experts.forEach((expert, slot) => (taken[gpus[slot]!]! += matrix[layer]![expert]! * split[slot]!));
      taken.forEach((load, gpu) => {
        expect(object.gpu_loads[layer]![gpu]! / load).toBeCloseTo(1, 9);
      });
      expect(object.max_load[layer]! / Math.max(...taken)).toBeCloseTo(1, 9);
      expect(object.lower_bound_load[layer]).toBeLessThanOrEqual(object.max_load[layer]! * (1 + 1e-9));
    });
  });

  it("is no worse than the rule on any layer, by time and by balance", () => {
    const { balancedness, predicted_time_us: us, rule } = placed([loads, ...counts]);
    balancedness.forEach((each, layer) => {
      expect(each).toBeGreaterThanOrEqual(rule.balancedness[layer]! - 1e-12);
      expect(us[layer]).toBeLessThanOrEqual(rule.predicted_time_us[layer]! * (1 + 1e-12));
    });
  });

  it("tells people the same as a table, and with whose prices", () => {
    const ran = weft(["place", loads, ...counts]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    for (const said of [
      "name a --model and a --cluster for yours",
      ...["balancedness, even split", "over the lower bound", "time of a layer", "dispatch", "combine"],
      ...["bytes between nodes", "was already best in", "of a GPU's memory", "since 8 groups divide"],
    ])
      expect(ran.stdout).toContain(said);
  });

  it("reads the standard input", () => {
    const object = placed(["-", ...counts], { input: readFileSync(loads, "utf8") });
    expect(object.physical_to_logical).toEqual(placed([loads, ...counts]).physical_to_logical);
  });

  it("places layers without any token, and loads that are shares", () => {
    const input = JSON.stringify([new Array(8).fill(0), [0.5, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0]]);
    const object = placed(["-", "--gpus", "4", "--nodes", "1", "--slots", "10", "--top-k", "2"], { input });
    expect(object.max_load[0]).toBe(0);
    expect(object.max_load[1]).toBeLessThan(0.3);
    const args = ["place", "-", "--gpus", "4", "--nodes", "1", "--slots", "10", "--top-k", "2"];
    expect(weft(args, { input }).stdout).toContain("1 layer without any token");
  });
});

describe("what is asked of weft place", () => {
  const keep = (args: readonly string[]): Placement => placed([loads, ...counts, ...args]);

  it("keeps groups on nodes, with --groups-on-nodes", () => {
    const { physical_to_logical: experts, gpu_of_slot: gpus } = keep(["--groups-on-nodes"]);
    experts.forEach((row, layer) => {
      const nodes = Array.from({ length: 8 }, () => new Set<number>());
      row.forEach((expert, slot) => nodes[expert >> 5]!.add(gpus[layer]![slot]! >> 3));
      for (const own of nodes) expect(own.size).toBe(1);
    });
  });

  it("excludes GPUs and pins experts", () => {
    const { physical_to_logical: experts, gpu_of_slot: gpus } = keep([
      "--exclude",
      "3,7",
      "--pin",
      "12=5,200=0",
    ]);
    experts.forEach((row, layer) => {
      const on = row.map((expert, slot) => `${expert} on ${gpus[layer]![slot]!}`);
      expect(on).toEqual(expect.arrayContaining(["12 on 5", "200 on 0"]));
      expect(gpus[layer]).not.toContain(3);
      expect(gpus[layer]).not.toContain(7);
    });
  });

  it("gives each GPU the slots that are stated", () => {
    const own = Array.from({ length: 32 }, (_, gpu) => (gpu % 2 === 0 ? 10 : 8));
    const args = [loads, "--gpus", "32", "--nodes", "4", "--gpu-slots", own.join()];
    expect(placed(args).slots_per_gpu).toEqual(own);
  });

  it("prices with the model and the cluster that are named", () => {
    const args = ["--model", "weft:models/deepseek-v3", "--cluster", "weft:clusters/gb200-nvl72"];
    const object = placed([loads, "--gpus", "72", "--nodes", "1", "--slots", "288", ...args]);
    expect(object.priced_with).toMatchObject({ model: "DeepSeekV3", cluster: "GB200_NVL72", assumed: false });
    expect(object).toMatchObject({ groups: 8, top_groups: 4, top_k: 8 });
  });

  it("prices experts of the user's own operators on the user's own cluster, whose extent needs no words", () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, "own.weft"),
      `cluster Mine(boxes, per_box) {
         gpu { memory: 80 GiB, memory_bandwidth: 3 TB/s, sms: 132, peak: { bf16: 900 TFLOPS } }
         tier fast { joins: per_box, kind: switch, bandwidth: 300 GB/s, latency: 1 us }
         tier slow { joins: boxes, kind: rail, bandwidth: 25 GB/s, latency: 4 us }
       }
       model Own {
         hidden = 1024
         width = 4096
         block embed(ids) { return embedding(ids, vocab: 1000) }
         block expert(x) {
           h = linear(norm(x), width: width)
           return linear(h, width: hidden)
         }
         block moe(x) {
           gate = route(norm(x), experts: 8, top_k: 2)
           return x + combine(expert(dispatch(norm(x), gate)), gate)
         }
         layers = [embed, 2 * moe]
       }`,
    );
    const input = JSON.stringify([[8, 1, 1, 1, 1, 2, 2, 3]]);
    const args = ["-", "--gpus", "4", "--nodes", "2", "--slots", "12", "--model", "own.weft"];
    const own = placed([...args, "--cluster", "own.weft"], { cwd: folder, input });
    expect(own).toMatchObject({ top_k: 2, groups: 1, priced_with: { model: "Own", cluster: "Mine" } });
    // Two matrices in fp8, and the gain of the norm.
    expect(own.expert_bytes).toBeGreaterThanOrEqual(2 * 1024 * 4096);
    expect(own.expert_bytes).toBeLessThan(2.1 * 1024 * 4096);
    const onH800 = placed(args, { cwd: folder, input });
    expect(own.predicted_time_us[0]).not.toBe(onH800.predicted_time_us[0]);
  });

  it("keeps the constraints of a file: weaker GPUs get less, and memory limits slots", () => {
    const folder = emptyFolder();
    const write = (gpus: object): void => writeFileSync(join(folder, "c.json"), JSON.stringify({ gpus }));
    const input = JSON.stringify([new Array(12).fill(10)]);
    const args = [
      "-",
      "--gpus",
      "4",
      "--nodes",
      "1",
      "--slots",
      "16",
      "--top-k",
      "1",
      "--constraints",
      "c.json",
    ];
    write({ speeds: { 1: 0.5 } });
    const { gpu_loads: tokens, max_load: most } = placed(args, { cwd: folder, input });
    expect(sum(tokens[0]!)).toBeCloseTo(120, 9);
    expect(tokens[0]![1]!).toBeLessThan(0.7 * tokens[0]![0]!);
    expect(most[0]).toBeCloseTo(Math.max(...tokens[0]!.map((each, gpu) => (gpu === 1 ? 2 * each : each))), 9);
    expect(weft(["place", ...args], { cwd: folder, input }).stdout).toContain("over the speed of their GPU");
    write({ memory_bytes: 1e8 });
    const ran = weft(["place", ...args, "--json"], { cwd: folder, input });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["impossible-placement"]);
    write({ spedes: {} });
    expect(codes(weft(["place", ...args, "--json"], { cwd: folder, input }))).toEqual([
      "malformed-placement-input",
    ]);
  });

  it("takes the greatest top-k that a load allows, and says so", () => {
    const input = JSON.stringify([[40, 20, 20, 10, 5, 5]]);
    const object = placed(["-", "--gpus", "2", "--nodes", "1", "--slots", "8", "--top-k", "3"], { input });
    expect(object.top_k).toBe(2);
    expect(object.notes.join()).toContain("Expert 0 of layer 0");
  });

  it("places for the mean of windows, for one of them, or for the worst", () => {
    const one = [[90, 10, 10, 10]];
    const other = [[10, 10, 10, 90]];
    const input = JSON.stringify([one, one, other]);
    const args = ["-", "--gpus", "2", "--nodes", "1", "--slots", "5", "--top-k", "1"];
    const worst = (window: string): number => {
      const { windows } = placed([...args, "--window", window], { input });
      expect(windows?.count).toBe(3);
      return windows!.worst_balancedness[0]!;
    };
    expect(worst("worst")).toBeGreaterThanOrEqual(Math.max(worst("mean"), worst("0"), worst("2")) - 1e-12);
  });
});

describe("what weft place says of the rule and of windows", () => {
  const even = (experts: number): string => JSON.stringify([new Array(experts).fill(10)]);
  const said = (args: string, experts: number): string =>
    weft(["place", "-", "--top-k", "1", ...args.split(" ")], { input: even(experts) }).stdout;

  it.each([
    ["--gpus 4 --nodes 2 --slots 18 --groups 3", 12, "since 3 groups do not divide by 2 nodes"],
    ["--gpus 4 --nodes 2 --slots 18 --groups 4", 16, "since 18 slots do not divide by 4 GPUs"],
    ["--gpus 4 --nodes 1 --slots 16 --groups 3", 16, "since 16 experts do not divide by 3 groups"],
    ["--gpus 5 --nodes 2 --slots 20 --groups 4", 16, "since 5 GPUs do not divide by 2 nodes"],
    ["--gpus 4 --nodes 2 --gpu-slots 8,8,2,2 --groups 4", 16, "since a node has fewer slots"],
    ["--gpus 4 --nodes 2 --slots 20 --groups 4", 16, "since 4 groups divide by 2 nodes"],
  ])("tells why the rule places as it does, with %s", (args, experts, reason) => {
    expect(said(args, experts)).toContain(reason);
  });

  it("judges windows by the shares that are served, and names the least balanced and the slowest", () => {
    const input = JSON.stringify([[[90, 10, 10, 10, 7]], [[10, 10, 10, 90, 9]]]);
    const args = ["-", "--gpus", "2", "--nodes", "1", "--slots", "6", "--top-k", "1"];
    const placement = placed(args, { input });
    const windows = placement.windows!;
    const [experts, gpus, split] = [
      placement.physical_to_logical[0]!,
      placement.gpu_of_slot[0]!,
      placement.split[0]!,
    ];
    const balance = (JSON.parse(input) as number[][][]).map(([loadsOf]) => {
      const taken = [0, 0];
      experts.forEach((expert, slot) => (taken[gpus[slot]!]! += loadsOf![expert]! * split[slot]!));
      return sum(taken) / 2 / Math.max(...taken);
    });
    expect(windows.worst_balancedness[0]).toBeCloseTo(Math.min(...balance), 9);
    expect(windows.worst_window[0]).toBe(balance.indexOf(Math.min(...balance)));
    expect([0, 1]).toContain(windows.slowest_window[0]);
    const text = weft(["place", ...args], { input }).stdout.replace(/\s+/g, " ");
    expect(text).toContain(
      `window ${String(windows.worst_window[0])}. The slowest is layer 0 in window ${String(windows.slowest_window[0])}`,
    );
  });
});

describe("weft place refuses", () => {
  const small = ["--gpus", "2", "--nodes", "1", "--slots", "4"];
  const refused = (input: string, args: readonly string[] = small): string => {
    const ran = weft(["place", "-", ...args, "--json"], { input });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toHaveLength(1);
    return ran.stdout;
  };

  it.each([
    ["negative loads", "[[1, 2], [3, -4]]", /layer 1, expert 1/],
    ["loads that are no numbers", "[[1, NaN]]", /layer 0, expert 1/],
    ["infinite loads", "[[1, 1e999]]", /layer 0, expert 1/],
    ["missing loads", "[[1, null]]", /layer 0, expert 1/],
    ["ragged matrices", "[[1, 2], [3]]", /layer 1/],
    ["no layers", "[]", /the file/],
    ["what is no JSON", "[[1, 2", /the end of the file/],
    ["nothing", "", /it is empty/],
  ])("%s, naming the place", (_what, input, said) => {
    const text = refused(input);
    expect(text).toContain("malformed-placement-input");
    expect(text).toMatch(said);
  });

  it.each([
    ["fewer slots than experts", ["--gpus", "2", "--nodes", "1", "--slots", "3"]],
    ["more slots than every GPU having every expert", ["--gpus", "2", "--nodes", "1", "--slots", "9"]],
    ["more GPUs than slots", ["--gpus", "6", "--nodes", "1", "--slots", "5"]],
    ["more nodes than GPUs", ["--gpus", "2", "--nodes", "3", "--slots", "4"]],
    ["pins to GPUs that there are not", [...small, "--pin", "0=2"]],
    ["to exclude every GPU", [...small, "--exclude", "0,1"]],
  ])("%s", (_what, args) => {
    expect(refused("[[1, 2, 3, 4]]", [...args, "--top-k", "1"])).toContain("impossible-placement");
  });

  it("files that are missing, folders, and what cannot be a model or a cluster", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "empty.weft"), "// nothing\n");
    const run = (...args: readonly string[]): readonly string[] => {
      const ran = weft(["place", ...args, ...small, "--json"], { cwd: folder });
      expect(ran.status).toBe(1);
      return codes(ran);
    };
    expect(run("nowhere.json")).toEqual(["malformed-placement-input"]);
    expect(run(".")).toEqual(["malformed-placement-input"]);
    expect(run(loads, "--constraints", "nowhere.json")).toEqual(["missing-file"]);
    expect(run(loads, "--model", "empty.weft")).toEqual(["not-one-declaration"]);
    expect(run(loads, "--cluster", "empty.weft")).toEqual(["not-one-declaration"]);
    expect(run(loads, "--model", "weft:models/mixtral-8x7b")).toEqual(["no-such-experts"]);
    expect(run(loads, "--model", "weft:models/nothing")).toEqual(["unknown-library"]);
  });

  it.each([
    [["--gpus", "0"], /--gpus takes a whole number/],
    [["--gpus", "two"], /--gpus takes a whole number/],
    [["--pin", "12"], /--pin takes experts/],
    [["--window", "best"], /--window takes/],
    [["--window", "1"], /one window, number 0/],
    [["--budget", "0"], /--budget takes/],
    [["--groups", "2", "--top-groups", "3"], /there are 2/],
    [["--top-k", "5"], /can reach/],
  ])("the command line %s, with 2", (args, said) => {
    const ran = weft(["place", "-", ...small, ...args], { input: "[[1, 2, 3, 4]]" });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(said);
  });

  it("a command line that says nothing of GPUs or slots, with 2", () => {
    expect(weft(["place", loads, "--nodes", "1", "--slots", "288"]).status).toBe(2);
    expect(weft(["place", loads, "--nodes", "1", "--gpus", "8"]).status).toBe(2);
  });
});
