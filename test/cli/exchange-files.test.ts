import { describe, expect, it } from "vitest";
import { nodeBytesJson, routerJsonl, routingJson, skewedCsv } from "./exchange-traffic.js";
import { fixture } from "./weft.js";

describe("the files of test/cli/fixtures/exchange", () => {
  it.each([
    ["traffic-64.csv", skewedCsv],
    ["node-bytes-16.json", nodeBytesJson],
    ["routing-16.json", routingJson],
    ["router-8.jsonl", routerJsonl],
  ])("%s is what its generator makes", async (name, make) => {
    await expect(make()).toMatchFileSnapshot(fixture(`exchange/${name}`));
  });
});
