// Programs that Weft once did wrong, and some that the fuzzer makes: `npm run fuzz` tries many more.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { listFixtures, readFixture } from "./fixtures.js";
import { judge } from "./judge.js";
import { programs } from "./sampling.js";

const folder = fileURLToPath(new URL("fixtures", import.meta.url));

describe("a program that was once done wrong", () => {
  it.each(listFixtures(folder))("%s", async (name) => {
    expect((await judge(readFixture(folder, name))).kind).toBe("compiled");
  });
});

describe("random programs", () => {
  it("are refused with a diagnostic, or compile to what the model says", async () => {
    const kinds: string[] = [];
    for (const program of programs(7)) {
      if (kinds.length === 25) break;
      kinds.push((await judge(program)).kind);
    }
    expect(kinds.filter((each) => each === "compiled").length).toBeGreaterThan(0.6 * kinds.length);
  });
});
