import { expect, it } from "vitest";
import { bytesByTier } from "../../../src/cost/index.js";
import { message, topology } from "./machine.js";

it("bytes of a rail's detour are carried once, and cross two tiers", () => {
  const messages = [message(0, 0, 7), message(0, 1, 10), message(1, 5, 100), message(1, 6, 1000)];
  expect(bytesByTier(topology, messages)).toEqual([
    { logicalBytes: 10, physicalBytes: 1010 },
    { logicalBytes: 1100, physicalBytes: 1100 },
  ]);
});
