// What users start from: the example and the library are free of complaints, and the example means what its golden says.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, checkAll } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { library } from "../../src/library/index.js";
import { dump } from "./dump.js";
import { renderResult } from "./disk.js";
import { expectGolden } from "./golden.js";
import { memoryHost } from "./host.js";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const goldens = fileURLToPath(new URL("golden/", import.meta.url));
const examples = readdirSync(folder).filter((name) => name.endsWith(".weft"));

describe("the examples", () => {
  it.each(examples)("%s means what its golden says", (name) => {
    const { uri, host } = openEntry(`${folder}${name}`);
    const result = check(uri, host);
    expect(renderResult(result)).toBe("");
    expect(result.schedules).toHaveLength(1);
    expectGolden(`${goldens}${name.replace(/\.weft$/, ".txt")}`, result.program ? dump(result.program) : "");
  });

  it.each(["Mixtral.experts=16", "Mixtral.experts=12", "Mixtral.top_k=1", "Mixtral.depth=2"])(
    "take --set %s",
    (option) => {
      const { uri, host } = openEntry(`${folder}mixtral-8x7b-prefill.weft`);
      expect(renderResult(check(uri, host, { overrides: [option] }))).toBe("");
    },
  );
});

describe("the library", () => {
  it("lists every file of its folder", () => {
    const root = fileURLToPath(new URL("../../src/library/", import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".weft"),
    );
    expect([...library.keys()]).toEqual(files.map((name) => `weft:${name.replace(/\.weft$/, "")}`).sort());
  });

  it.each([...library])("%s is free of complaints", (_uri, text) => {
    expect(renderResult(checkAll("library.weft", memoryHost({ "library.weft": text })))).toBe("");
  });
});

describe("any text", () => {
  const example = readFileSync(`${folder}mixtral-8x7b-prefill.weft`, "utf8");
  const words = example.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const checkText = (text: string) => checkAll("a.weft", memoryHost({ "a.weft": text }));

  it("gives diagnostics and never an exception: the example cut short", () => {
    fc.assert(
      fc.property(fc.nat(example.length), (length) => {
        const { diagnostics } = checkText(example.slice(0, length));
        expect(diagnostics.sorted().every(({ span }) => span.start <= span.end)).toBe(true);
      }),
    );
  });

  it("gives diagnostics and never an exception: words of the example lost, doubled and swapped", () => {
    const edit = fc.record({
      at: fc.nat(words.length - 1),
      to: fc.nat(words.length - 1),
      kind: fc.constantFrom("drop", "copy", "swap"),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const damaged = [...words];
        for (const { at, to, kind } of edits) {
          const [a = "", b = ""] = [damaged[at], damaged[to]];
          if (kind === "swap") [damaged[at], damaged[to]] = [b, a];
          else damaged[at] = kind === "drop" ? "" : b;
        }
        const { diagnostics } = checkText(damaged.join(""));
        expect(
          diagnostics.sorted().every(({ hint, message }) => hint !== "" && !/undefined|NaN/.test(message)),
        ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
