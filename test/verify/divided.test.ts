// Bytes that chunks touch in part: whatever is told of earlier accesses, with the order of threads, orders all that conflict.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Buffer } from "../../src/plan/index.js";
import { touchOtherRows } from "../../src/verify/chunks.js";
import { DividedBytes, type Touch } from "../../src/verify/divided.js";
import type { Access } from "../../src/verify/facts.js";

const buffer: Buffer = {
  name: "rows",
  kind: "exchange",
  precision: "dispatch",
  shape: [8],
  instances: { expr: 1, value: 1 },
  instance_bytes: { expr: 256, value: 256 },
  region: "rows",
};

const access = (kind: "read" | "write", chunk?: Access["chunk"]): Access => ({
  operand: { name: "rows", buffer: "rows", instance: 0, access: kind },
  buffer,
  instance: 0,
  begin: 0,
  end: 256,
  ...(chunk === undefined ? {} : { chunk }),
});
const chunk = (use: string, first: number, count = 1) => ({ use, slots: { first, count }, of: 4 });

/** Plays accesses one after the other; gives for each the indices that it was told of. */
function told(accesses: readonly (readonly [thread: number, access: Access])[]): number[][] {
  const bytes = new DividedBytes();
  return accesses.map(([thread, each], index) =>
    bytes.touch({ index, thread, access: each }).map((earlier: Touch) => earlier.index),
  );
}

describe("accesses to bytes in chunks", () => {
  it("of other slots in one use of an exchange need no order", () => {
    expect(
      told([
        [0, access("write", chunk("layer 1", 0))],
        [1, access("read", chunk("layer 1", 0))],
        [0, access("write", chunk("layer 1", 1))],
        [1, access("read", chunk("layer 1", 1))],
      ]),
    ).toEqual([[], [0], [], [2]]);
  });

  it("of another layer need one, for its counts put rows elsewhere", () => {
    expect(
      told([
        [0, access("write", chunk("layer 1", 0))],
        [1, access("read", chunk("layer 1", 0))],
        [0, access("write", chunk("layer 2", 1))],
        [0, access("write", chunk("layer 2", 0))],
      ]),
    ).toEqual([[], [0], [0, 1], [0, 1]]);
  });

  it("that overlap in some slots, or touch all, need one", () => {
    expect(
      told([
        [0, access("write", chunk("layer 1", 0, 3))],
        [1, access("write", chunk("layer 1", 2, 2))],
        [2, access("read")],
        [3, access("write")],
      ]),
    ).toEqual([[], [0], [0, 1], [0, 1, 2]]);
  });

  it("are told of so that all that conflict are ordered", () => {
    const anyAccess = fc.record({
      kind: fc.constantFrom("read" as const, "write" as const),
      thread: fc.integer({ min: 0, max: 2 }),
      chunk: fc.option(
        fc.record({
          use: fc.constantFrom("a", "b", "c"),
          first: fc.integer({ min: 0, max: 3 }),
          count: fc.integer({ min: 1, max: 2 }),
        }),
        { nil: undefined, freq: 4 },
      ),
    });
    fc.assert(
      fc.property(fc.array(anyAccess, { maxLength: 24 }), (sequence) => {
        const accesses = sequence.map(
          (each) =>
            [
              each.thread,
              access(each.kind, each.chunk && chunk(each.chunk.use, each.chunk.first, each.chunk.count)),
            ] as const,
        );
        const before = told(accesses);
        const ancestors: Set<number>[] = [];
        accesses.forEach(([thread], index) => {
          const sameThread = accesses.findLastIndex(([other], at) => at < index && other === thread);
          const direct = [...before[index]!, ...(sameThread < 0 ? [] : [sameThread])];
          ancestors.push(new Set(direct.flatMap((each) => [each, ...ancestors[each]!])));
        });
        accesses.forEach(([, later], index) => {
          accesses.slice(0, index).forEach(([, earlier], at) => {
            const reads = [earlier, later].every(({ operand }) => operand.access === "read");
            if (!reads && !touchOtherRows(earlier, later)) expect(ancestors[index]).toContain(at);
          });
        });
      }),
      { numRuns: 400 },
    );
  });
});
