// What weft place writes: moves from an earlier placement, files for other systems, and a page that a browser shows whole.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { placeExperts } from "../../src/index.js";
import { withPage, type Opened } from "../browser.js";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const loads = fixture("place/loads.json");
const yesterday = fixture("place/yesterday.json");
const counts = ["--gpus", "32", "--nodes", "4", "--slots", "288", "--groups", "8"];
const from = ["--gpus", "32", "--nodes", "4", "--groups", "8", "--from", yesterday];

interface Move {
  readonly layer: number;
  readonly expert: number;
  readonly from_gpu: number;
  readonly gpu: number;
  readonly slot: number;
  readonly replaces: number;
  readonly gain_us: number;
}

interface Moved {
  readonly physical_to_logical: readonly (readonly number[])[];
  readonly gpu_of_slot: readonly (readonly number[])[];
  readonly predicted_time_us: readonly number[];
  readonly from: { readonly predicted_time_us: readonly number[] };
  readonly rebalance: {
    readonly moves: readonly Move[];
    readonly before_us: number;
    readonly resplit_us: number;
    readonly after_us: number;
  };
}

const moved = (...args: readonly string[]): Moved =>
  json(weft(["place", loads, ...from, ...args, "--json"])) as unknown as Moved;
const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

describe("weft place --from", () => {
  it("moves at most so many experts, each while all stay live and no GPU has one twice", () => {
    const { rebalance, physical_to_logical: after, gpu_of_slot: gpus } = moved("--max-moves", "40");
    const before = JSON.parse(readFileSync(yesterday, "utf8")) as Pick<Moved, "physical_to_logical">;
    const now = before.physical_to_logical.map((row) => [...row]);
    expect(rebalance.moves.length).toBeGreaterThan(10);
    expect(rebalance.moves.length).toBeLessThanOrEqual(40);
    for (const { layer, expert, from_gpu: source, gpu, slot, replaces } of rebalance.moves) {
      const row = now[layer]!;
      const holders = row.flatMap((each, at) => (each === expert ? [gpus[layer]![at]!] : []));
      expect(gpus[layer]![slot]).toBe(gpu);
      expect(holders).toContain(source);
      expect(holders).not.toContain(gpu);
      expect(row[slot]).toBe(replaces);
      row[slot] = expert;
      expect(row).toContain(replaces);
    }
    expect(now).toEqual(after);
  });

  it("says what each move gains, and their sum is what the layers gain", () => {
    const { rebalance, predicted_time_us: us, from: before } = moved("--max-moves", "40");
    expect(sum(before.predicted_time_us)).toBeCloseTo(rebalance.before_us, 6);
    expect(sum(us)).toBeCloseTo(rebalance.after_us, 6);
    const gains = sum(rebalance.moves.map(({ gain_us: gain }) => gain));
    expect(gains).toBeCloseTo(rebalance.resplit_us - rebalance.after_us, 3);
    expect(rebalance.after_us).toBeLessThan(0.95 * rebalance.before_us);
  });

  it("moves what gains more than it costs, and nothing where nothing does", () => {
    const cheap = moved("--move-cost", "50").rebalance.moves.length;
    expect(cheap).toBeGreaterThan(0);
    expect(moved("--move-cost", "1e6").rebalance.moves).toEqual([]);
    expect(moved("--max-moves", "0").rebalance.moves).toEqual([]);
  });

  it("tells people the moves in their order", () => {
    const { stdout } = weft(["place", loads, ...from, "--max-moves", "40"]);
    expect(stdout).toMatch(/moves, in an order in which every expert stays live/);
    expect(stdout).toMatch(/ 1 +\d+ +\d+ +GPU \d+ +GPU \d+ +\d+ +expert \d+ +[\d.]+ [um]s/);
    expect(stdout).toContain("if placed from nothing");
  });

  it("goes on from its own output, and from what it emitted", () => {
    const folder = emptyFolder();
    const file = join(folder, "sglang.json");
    weft(["place", loads, ...counts, "--emit", "sglang", "-o", file]);
    const again = weft([
      "place",
      loads,
      "--gpus",
      "32",
      "--nodes",
      "4",
      "--from",
      file,
      "--max-moves",
      "3",
      "--json",
    ]);
    expect(again.status).toBe(0);
    const printed = join(folder, "printed.json");
    writeFileSync(printed, again.stdout);
    expect(weft(["place", loads, ...from.slice(0, -1), printed, "--max-moves", "3"]).status).toBe(0);
  });

  it.each([
    ["loads of other layers", "[[1, 2, 3, 4]]", [yesterday], 1, "malformed-placement-input"],
    ["what is no placement", "[[1, 2, 3, 4]]", [fixture("tiny.weft")], 1, "malformed-placement-input"],
    ["a missing file", "[[1, 2, 3, 4]]", ["nowhere.json"], 1, "missing-file"],
  ])("refuses %s", (_what, input, args, status, code) => {
    const ran = weft(
      ["place", "-", "--gpus", "2", "--nodes", "1", "--from", ...args, "--top-k", "1", "--json"],
      { input },
    );
    expect(ran.status).toBe(status);
    expect(codes(ran)).toEqual([code]);
  });

  it("refuses slots that the GPUs do not have", () => {
    const ran = weft(["place", loads, ...from, "--slots", "320", "--json"]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["malformed-placement-input"]);
    expect(ran.stdout).toContain("GPU 0");
  });

  it.each([
    ["--slots", ["--slots", "320"], "Leave out --slots, or leave out --from"],
    ["--exclude", ["--exclude", "6"], "Leave out --exclude, or leave out --from"],
    [
      "--gpu-slots",
      ["--gpu-slots", [10, 8, ...new Array<number>(30).fill(9)].join()],
      "Leave out --gpu-slots, or",
    ],
  ])("says that moves keep the slots of all GPUs, and names %s alone", (_option, args, advice) => {
    const ran = weft(["place", loads, ...from, ...args]);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("no GPU gets more or is emptied");
    expect(ran.stderr).toContain(advice);
  });
});

describe("weft place --emit", () => {
  it.each([
    ["eplb", "physical_to_logical_map"],
    ["sglang", "physical_to_logical_map"],
    ["vllm", "initial_global_assignments"],
  ])("writes what %s loads", (system, key) => {
    const out = join(emptyFolder(), "deeper/experts.json");
    const ran = weft(["place", loads, ...counts, "--emit", system, "-o", out]);
    expect(ran.status).toBe(0);
    expect(JSON.parse(readFileSync(out, "utf8"))).toHaveProperty(key);
    expect(weft(["place", loads, ...counts, "--emit", system]).stdout).toBe(readFileSync(out, "utf8"));
  });

  it("refuses GPUs of unlike slots, with a reason", () => {
    const ran = weft(["place", loads, "--gpus", "32", "--nodes", "4", "--slots", "300", "--emit", "sglang"]);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("error[not-emittable-placement]");
    expect(ran.stdout).toBe("");
  });
});

describe("weft place --exact", () => {
  it("proves how far from the best a small layer is", () => {
    const args = ["place", "-", "--gpus", "3", "--nodes", "1", "--slots", "10", "--top-k", "2", "--exact"];
    const { exact } = json(weft([...args, "--json"], { input: "[[8, 1, 1, 1, 1, 2, 2, 3]]" })) as {
      readonly exact: { readonly proved: readonly boolean[]; readonly gap: readonly number[] };
    };
    expect(exact.proved).toEqual([true]);
    expect(exact.gap[0]).toBeLessThan(0.02);
    expect(weft(args, { input: "[[8, 1, 1, 1, 1, 2, 2, 3]]" }).stdout).toContain("HiGHS ended its search");
  });

  it("refuses layers of real size", () => {
    const ran = weft(["place", loads, ...counts, "--exact", "--json"]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["too-large-for-exact"]);
  });
});

describe("weft place --coactivation", () => {
  const args = ["place", "-", "--gpus", "4", "--nodes", "2", "--slots", "8", "--top-k", "2"];
  const input = JSON.stringify([[5, 5, 5, 5, 5, 5, 5, 5]]);

  it("puts experts on one node that are chosen together, and says how many bytes that saves", () => {
    const file = join(emptyFolder(), "together.json");
    // Each even expert with the one four further on: as neighbours they would be on different nodes.
    const partner = (expert: number): number => (expert + 4) % 8;
    const rows = Array.from({ length: 8 }, (_, one) =>
      Array.from({ length: 8 }, (_, other) => (partner(one) === other ? 10 : 0)),
    );
    writeFileSync(file, JSON.stringify(rows));
    const ran = json(weft([...args, "--coactivation", file, "--json"], { input })) as unknown as {
      readonly physical_to_logical: readonly (readonly number[])[];
      readonly slow_bytes: readonly number[];
      readonly coactivation: { readonly slow_bytes_without: readonly number[] };
    };
    const nodeOf = (expert: number): number => ran.physical_to_logical[0]!.indexOf(expert) >> 2;
    for (let expert = 0; expert < 4; expert++) expect(nodeOf(expert)).toBe(nodeOf(partner(expert)));
    expect(ran.slow_bytes[0]).toBeLessThan(ran.coactivation.slow_bytes_without[0]!);
    expect(weft([...args, "--coactivation", file], { input }).stdout).toMatch(
      /chosen together saves [\d.]+ %/,
    );
  });

  it.each([0, 1, 2, 3])("does so without GPU %i, which has no slots to search in", async (gpu) => {
    const file = join(emptyFolder(), "together.json");
    const rows = Array.from({ length: 12 }, (_, one) =>
      Array.from({ length: 12 }, (_, other) => (one === other ? 0 : 1 + ((7 * (one + other)) % 5))),
    );
    writeFileSync(file, JSON.stringify(rows));
    const { report } = await placeExperts({
      loads: [[Array.from({ length: 12 }, (_, expert) => 1 + ((5 * expert) % 7))]],
      ...{ gpus: 4, nodes: 2, slots: 16, topK: 3, coactivation: file, excluded: [gpu] },
    });
    expect(report?.gpu_of_slot[0]).not.toContain(gpu);
    expect(new Set(report?.physical_to_logical[0]).size).toBe(12);
  });

  it("learns the same from a router trace, whose top-k it is, too", () => {
    // Two experts of a token are always four apart.
    const tokens = Array.from({ length: 400 }, (_, token) => [token % 4, (token % 4) + 4]);
    const record = { step: 0, block: "decoder", layer: 3, rank: 0, num_tokens: 400, topk: 2 };
    const trace = [
      { ...record, top_indices: tokens },
      { ...record, step: 1, top_indices: tokens },
    ];
    const ran = json(
      weft([...args.slice(0, -2), "--json"], {
        input: trace.map((each) => `${JSON.stringify(each)}\n`).join(""),
      }),
    );
    expect(ran).toMatchObject({ ok: true, top_k: 2, windows: { count: 2 } });
    const { slow_bytes: bytes, coactivation } = ran as unknown as {
      readonly slow_bytes: readonly number[];
      readonly coactivation: { readonly slow_bytes_without: readonly number[] };
    };
    expect(bytes[0]).toBeLessThan(coactivation.slow_bytes_without[0]!);
  });

  it("refuses matrices of other experts", () => {
    const file = join(emptyFolder(), "together.json");
    writeFileSync(file, "[[0, 1], [1, 0]]");
    const ran = weft([...args, "--coactivation", file, "--json"], { input });
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["malformed-placement-input"]);
  });
});

describe("weft place --report", () => {
  let page = "";
  const schemes = ["light", "dark"] as const;
  const open = <T>(
    scheme: (typeof schemes)[number],
    use: (page: Opened) => Promise<T>,
    width = 1240,
  ): Promise<T> => withPage(page, { scheme, width }, use);
  beforeAll(() => {
    page = join(emptyFolder(), "out/place.html");
    const ran = weft(["place", loads, ...from, "--max-moves", "40", "--report", page, "--json"]);
    expect(json(ran)).toMatchObject({ ok: true, outputs: [page] });
  });

  it.each(schemes)(
    "is one page that asks for nothing else and shows all of itself, in %s",
    async (scheme) => {
      await open(scheme, async ({ requested, complaints, evaluate, screenshot }) => {
        expect(requested).toEqual([]);
        expect(complaints).toEqual([]);
        // Two heat maps, and bars for the hottest layers; each has a name and says what it shows.
        const named =
          "[...document.querySelectorAll('svg')].every((svg) => svg.querySelector('title') && svg.querySelector('desc').textContent.length > 40)";
        expect(await evaluate("document.querySelectorAll('svg').length")).toBeGreaterThanOrEqual(3);
        expect(await evaluate(named)).toBe(true);
        // Every picture has its place, inside the page.
        const inside =
          "[...document.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect()).every((box) => box.width > 300 && box.height > 80 && box.right <= innerWidth)";
        expect(await evaluate(inside)).toBe(true);
        expect(await evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
        expect((await screenshot()).length).toBeGreaterThan(10_000);
      });
    },
  );

  it("has a row for every layer and every move", async () => {
    const { rebalance } = moved("--max-moves", "40");
    const rows = await open("light", ({ evaluate }) =>
      evaluate("[...document.querySelectorAll('tbody')].map((body) => body.rows.length)"),
    );
    expect(rows).toEqual([rebalance.moves.length, 6]);
  });

  it.each(schemes)("has text that stands out from what is behind it, in %s", async (scheme) => {
    // Contrast by WCAG 2: 4.5 for text.
    const ratios = `(() => {
      const parts = (color) => color.match(/[\\d.]+/g).map(Number);
      const light = (color) => parts(color).slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
      const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
          const color = getComputedStyle(each).backgroundColor;
          if (parts(color)[3] !== 0) return color;
        }
        return "rgb(255, 255, 255)";
      };
      return [...document.querySelectorAll("h1, h2, p, li, th, td, figcaption, svg text")].map((element) => {
        const style = getComputedStyle(element);
        const [one, other] = [light(element.closest("svg") ? style.fill : style.color), light(behind(element))];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      });
    })()`;
    const found = (await open(scheme, ({ evaluate }) => evaluate(ratios))) as readonly number[];
    expect(found.length).toBeGreaterThan(100);
    expect(Math.min(...found)).toBeGreaterThan(4.5);
  });

  it("fits a telephone", async () => {
    const wide = await open(
      "light",
      ({ evaluate }) => evaluate("document.documentElement.scrollWidth - innerWidth"),
      390,
    );
    expect(wide).toBeLessThanOrEqual(0);
  });

  it("is the same every time, without scripts or addresses", () => {
    const text = readFileSync(page, "utf8");
    expect(weft(["place", loads, ...from, "--max-moves", "40", "--report", "-"]).stdout).toBe(text);
    expect(text).not.toMatch(/<script|https?:|NaN|undefined|Infinity/);
  });

  it("leaves what is there alone where it cannot write", () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "place.html"));
    const out = join(folder, "experts.json");
    const ran = weft([
      ...[
        "place",
        loads,
        ...counts,
        "--report",
        join(folder, "place.html"),
        "--emit",
        "vllm",
        "-o",
        out,
        "--json",
      ],
    ]);
    expect(ran.status).toBe(1);
    expect(codes(ran)).toEqual(["unwritable-output"]);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual(["place.html"]);
  });

  it.each([
    [["--report", "-", "--json"], /both want the standard output/],
    [["--report", "-", "--emit", "vllm"], /both want the standard output/],
    [["--emit", "vllm", "--json"], /both want the standard output/],
    [["-o", "file"], /there is no --emit/],
    [["--max-moves", "3"], /--from names none/],
    [["--from", yesterday, "--max-moves", "3", "--move-cost", "5"], /both limit the moves/],
    [["--from", yesterday, "--window", "worst"], /for the mean of windows/],
    [["--exact", "--window", "worst"], /for one set of loads/],
    [["--emit", "other"], /eplb, sglang, vllm/],
  ])("refuses %s", (args, said) => {
    const ran = weft(["place", loads, ...counts, ...args]);
    expect(ran.status).toBe(2);
    expect(ran.stdout + ran.stderr).toMatch(said);
  });
});
