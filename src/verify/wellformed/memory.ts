// Buffers and regions have names, whole sizes, and contents that fit their kind. Where they lie is judged by `memory`.
import { dimensionEnvironment, type Buffer, type LaunchPlan } from "../../plan/index.js";
import { integerOf } from "../evaluate.js";
import { complaint, duplicates, wholeNumber, type Complaint } from "./complaint.js";

export function* memoryIsDefinite(plan: LaunchPlan): Iterable<Complaint> {
  const { regions, buffers, total } = plan.memory;
  yield* duplicates(
    "regions",
    regions.map((each) => each.name),
  );
  yield* duplicates(
    "buffers",
    buffers.map((each) => each.name),
  );
  yield* wholeNumber("the total of memory", total.value, 0);
  for (const { name, offset, bytes } of regions) {
    yield* wholeNumber(`the offset of region \`${name}\``, offset.value, 0);
    yield* wholeNumber(`the size of region \`${name}\``, bytes.value, 0);
  }
  const dimensions = dimensionEnvironment(plan.dimensions);
  for (const buffer of buffers) {
    const what = `buffer \`${buffer.name}\``;
    yield* wholeNumber(`the number of instances of ${what}`, buffer.instances.value, 1);
    yield* wholeNumber(`the size of an instance of ${what}`, buffer.instance_bytes.value, 0);
    yield* wholeNumber(`the size of ${what}`, buffer.instances.value * buffer.instance_bytes.value, 0);
    if (!regions.some((each) => each.name === buffer.region))
      yield complaint(`${what} lives in region \`${buffer.region}\`, which does not exist`);
    if (!plan.precisions.some((each) => each.class === buffer.precision))
      yield complaint(`${what} has precision \`${buffer.precision}\`, which the plan does not define`);
    for (const extent of buffer.shape) {
      const value = integerOf(extent, dimensions, 0, Number.MAX_SAFE_INTEGER);
      if (typeof value !== "number") yield complaint(`the shape of ${what}: ${value.problem}`);
    }
    if (isOfNumbers(buffer) && buffer.precision !== "index")
      yield complaint(
        `${what} of kind ${buffer.kind} has precision \`${buffer.precision}\` instead of \`index\``,
      );
    yield* contentExists(plan, buffer, what);
  }
}

/** Token ids, tables and counts are whole numbers. */
const isOfNumbers = ({ kind }: Buffer): boolean => kind === "input" || kind === "table" || kind === "counts";

function* contentExists(plan: LaunchPlan, { kind, init, layout }: Buffer, what: string): Iterable<Complaint> {
  if (layout !== undefined) {
    const exchange = plan.exchanges.find((each) => each.name === layout.exchange);
    if (!exchange?.layouts.some((each) => each.name === layout.layout))
      yield complaint(`${what} has layout \`${layout.exchange}.${layout.layout}\`, which does not exist`);
  }
  const expected = { weights: "weight", table: "table", state: "state", input: "input" } as const;
  const needed = kind in expected ? expected[kind as keyof typeof expected] : undefined;
  if (init?.kind !== needed)
    yield complaint(
      `${what} of kind ${kind} begins with ${init?.kind ?? "nothing"} instead of ${needed ?? "nothing"}`,
    );
  if (init === undefined) return;
  switch (init.kind) {
    case "weight":
    case "state": {
      const block = plan.model.blocks.find((each) => each.name === init.block);
      if (!block?.nodes.some((each) => each.id === init.node))
        yield complaint(`${what} belongs to node \`${init.block}.${init.node}\`, which does not exist`);
      if (init.kind === "weight" && init.per_slot !== (init.placement !== undefined))
        yield complaint(`${what}: weights have a placement exactly where they are per slot`);
      if (init.kind === "weight" && init.placement !== undefined)
        yield* placementExists(plan, init.placement, what);
      break;
    }
    case "table":
      yield* placementExists(plan, init.placement, what);
      break;
    case "input":
      break;
    default:
      init satisfies never;
  }
  if ("micro_batch" in init && init.micro_batch >= plan.schedule.micro_batches)
    yield complaint(`${what} belongs to micro-batch ${init.micro_batch} of ${plan.schedule.micro_batches}`);
}

function* placementExists(plan: LaunchPlan, name: string, what: string): Iterable<Complaint> {
  if (!plan.placements.some((each) => each.name === name))
    yield complaint(`${what} follows the placement \`${name}\`, which does not exist`);
}
