import { describe, expect, it } from "vitest";
import { didYouMean, nearestName } from "../../src/diagnostics/did-you-mean.js";

describe("the nearest name", () => {
  it.each([
    ["topk", "top_k"],
    ["hiden", "hidden"],
    ["rotue", "route"],
    ["gb/s", "GB/s"],
    ["Gib", "GiB"],
  ])("of %s is %s", (name, expected) => {
    expect(nearestName(name, ["top_k", "hidden", "route", "GB/s", "GiB", "vocab"])).toBe(expected);
  });

  it("prefers a difference in case alone to a letter", () => {
    expect(nearestName("gib", ["gid", "GiB"])).toBe("GiB");
  });

  it("is nothing where nothing is near", () => {
    expect(nearestName("combine", ["route", "norm"])).toBeUndefined();
    expect(nearestName("x", [])).toBeUndefined();
  });

  it("becomes a sentence, or the list of what there is", () => {
    expect(didYouMean("nrom", ["norm", "route"], "")).toBe('Did you mean "norm"?');
    expect(didYouMean("combine", ["norm", "route"], "")).toBe("Known here: norm, route.");
    expect(didYouMean("combine", [], "Declare it.")).toBe("Declare it.");
  });
});
