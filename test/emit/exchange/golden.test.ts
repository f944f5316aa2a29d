// Whole files of a tiny exchange, to be read: two nodes of two GPUs, unequal counts, gathered at the source.
import { expect, test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import { planOf } from "../../exchange/plans.js";
import { textOf } from "./demand.js";

const plan = planOf({ nodes: 2, ranksPerNode: 2 }, "gather", 1, (source, destination) =>
  source === 3 ? 0 : 1 + ((source + 2 * destination) % 4),
);

test("MSCCL++", async () => {
  await expect(textOf(exchangeEmitters.mscclpp(plan))).toMatchFileSnapshot("golden/gather.mscclpp.json");
});

test("MSCCL XML", async () => {
  await expect(textOf(exchangeEmitters["msccl-xml"](plan))).toMatchFileSnapshot("golden/gather.msccl.xml");
});

test("what is said of buffers and padding", () => {
  const emitted = exchangeEmitters.mscclpp({ ...plan, row_bytes: 100 });
  if ("refused" in emitted) throw new Error(emitted.refused.limit);
  expect(emitted.notes).toMatchInlineSnapshot(`
    [
      "A chunk has 112 bytes: one row of 100 bytes, and 12 of padding at the end.",
      "The input of a GPU holds what it has for GPU 0, for GPU 1 and so on, its own included; the output what it gets from GPU 0, from GPU 1 and so on. Between two GPUs rows lie together from a chunk's start on, rounded up to whole chunks; a pair without rows has no chunk.",
      "The counts are those of the plan's demand, means rounded up: rows beyond them do not fit, and fewer travel as padding. Of 3136 bytes from inputs to outputs 336 are padding (10.7 %).",
      "Load it on every rank with mscclpp's ExecutionPlan and execute it with exactly input_chunks and output_chunks of 112 bytes, which differ from rank to rank; a rank with nothing to send or to get has one unused chunk there.",
      "A GPU runs up to 3 thread blocks at once, and they meet between launches as the plan has them.",
    ]
  `);
});
